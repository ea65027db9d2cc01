package dk.attestbro.model;

import java.math.BigDecimal;
import java.time.LocalDate;

/** One value of an answer in a reply. */
public sealed interface Answer {
  record TextAnswer(String value) implements Answer {
    @Override
    public String toString() {
      return "TextAnswer[]";
    }
  }

  record NumberAnswer(BigDecimal value) implements Answer {
    @Override
    public String toString() {
      return "NumberAnswer[]";
    }
  }

  record BooleanAnswer(boolean value) implements Answer {
    @Override
    public String toString() {
      return "BooleanAnswer[]";
    }
  }

  record DateAnswer(LocalDate value) implements Answer {
    @Override
    public String toString() {
      return "DateAnswer[]";
    }
  }

  record CodeAnswer(String system, String code) implements Answer {
    @Override
    public String toString() {
      return "CodeAnswer[]";
    }
  }
}
