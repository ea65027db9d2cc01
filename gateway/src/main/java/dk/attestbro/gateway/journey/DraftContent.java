package dk.attestbro.gateway.journey;

import dk.attestbro.model.Attachment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What someone has written of a letter so far: the fields of its form, however wrong or unfinished,
 * and the documents that were chosen.
 */
public record DraftContent(Map<String, List<String>> fields, List<Attachment> documents) {
  public DraftContent {
    fields = Map.copyOf(fields);
    documents = List.copyOf(documents);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(fields.size());
      for (Map.Entry<String, List<String>> field : fields.entrySet()) {
        write(out, field.getKey());
        out.writeInt(field.getValue().size());
        for (String value : field.getValue()) {
          write(out, value);
        }
      }
      out.writeInt(documents.size());
      for (Attachment document : documents) {
        write(out, document.title());
        write(out, document.contentType());
        write(out, document.data());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static DraftContent read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Map<String, List<String>> fields = new LinkedHashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        fields.put(text(in), texts(in));
      }
      List<Attachment> documents = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        documents.add(new Attachment(text(in), text(in), data(in)));
      }
      return new DraftContent(fields, documents);
    } catch (IOException notOurs) {
      throw new UncheckedIOException("a draft cannot be read back", notOurs);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(DataOutputStream out, byte[] data) throws IOException {
    out.writeInt(data.length);
    out.write(data);
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(text(in));
    }
    return texts;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(data(in), StandardCharsets.UTF_8);
  }

  private static byte[] data(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  /** Never shows what was written. */
  @Override
  public String toString() {
    return "DraftContent[" + fields.size() + " fields, " + documents.size() + " documents]";
  }
}
