package dk.attestbro.crypto;

import dk.attestbro.samples.TestCa.Issued;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/** CMS as BouncyCastle's plain generators make it. */
final class CmsSamples {
  private CmsSamples() {}

  /** AuthEnvelopedData of these bytes to an RSA certificate. */
  static byte[] encrypted(byte[] content, Issued receiver) throws Exception {
    CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
    generator.addRecipientInfoGenerator(
        new JceKeyTransRecipientInfoGenerator(
                receiver.certificate(),
                new JcaAlgorithmParametersConverter()
                    .getAlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_RSAES_OAEP,
                        new OAEPParameterSpec(
                            "SHA-256",
                            "MGF1",
                            MGF1ParameterSpec.SHA256,
                            PSource.PSpecified.DEFAULT)))
            .setProvider(Providers.BOUNCY_CASTLE));
    return generator
        .generate(
            new CMSProcessableByteArray(content),
            (OutputAEADEncryptor)
                new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM).build())
        .getEncoded();
  }
}
