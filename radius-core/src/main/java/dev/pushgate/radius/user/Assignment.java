package dev.pushgate.radius.user;

/**
 * One {@code key = value} of a properties file, and where it stands.
 *
 * @param line where it begins, counted from 1
 * @param lastLine where it ends; greater than {@code line} when continued by backslashes
 * @param start index of the key's first character in the text
 * @param valueStart index of the value's first character in the text, as written
 * @param end index behind its last character; a line ending or the end of the text stands there
 * @param key without escapes; U+FFFD stands for each escape that could not be read
 * @param value without escapes, may be empty; may be a secret
 * @param endsInBlank whether white space that no backslash marks as meant ends the value
 * @param keyBroken whether a problem with the key has been told, so that nothing follows from it
 * @param valueBroken whether a problem with the value has been told
 */
record Assignment(
    int line,
    int lastLine,
    int start,
    int valueStart,
    int end,
    String key,
    String value,
    boolean endsInBlank,
    boolean keyBroken,
    boolean valueBroken) {

  /** The same, read otherwise: with a part of the value as the end of the key. */
  Assignment readAs(String otherKey, String otherValue) {
    return new Assignment(
        line,
        lastLine,
        start,
        valueStart,
        end,
        otherKey,
        otherValue,
        endsInBlank,
        keyBroken,
        valueBroken);
  }

  /** The same with a value that must not be used. */
  Assignment withBrokenValue() {
    return new Assignment(
        line, lastLine, start, valueStart, end, key, value, endsInBlank, keyBroken, true);
  }

  /** The same with a key and a value that must not be used. */
  Assignment withBrokenKey() {
    return new Assignment(
        line, lastLine, start, valueStart, end, key, value, endsInBlank, true, true);
  }

  /** Shows no value: it may be a password. */
  @Override
  public String toString() {
    return "Assignment[line=" + line + ", key=" + key + "]";
  }
}
