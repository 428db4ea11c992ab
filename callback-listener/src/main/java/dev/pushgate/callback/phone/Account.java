package dev.pushgate.callback.phone;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import dev.pushgate.callback.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;

/**
 * What an enrolled phone has to keep.
 *
 * @param base the base address that it was enrolled with
 * @param device its identifier at the server
 * @param user the canonical user it answers for
 * @param service what the administrator called the service
 * @param name what the user calls the device
 * @param key its P-256 key pair
 */
public record Account(
    String base, String device, String user, String service, String name, ECKey key) {

  /** Keeps it in a file of mode 0600. */
  void write(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode account =
        json.createObjectNode()
            .put("base", base)
            .put("device", device)
            .put("user", user)
            .put("service", service)
            .put("name", name);
    account.set("key", json.readTree(key.toJSONString()));
    PrivateFile.write(file, account.toPrettyString() + "\n");
  }

  /**
   * @throws IOException when the file cannot be read or is not an account
   */
  public static Account read(Path file) throws IOException {
    try {
      JsonNode account = new ObjectMapper().readTree(Files.readString(file));
      return new Account(
          account.required("base").asText(),
          account.required("device").asText(),
          account.required("user").asText(),
          account.required("service").asText(),
          account.required("name").asText(),
          ECKey.parse(account.required("key").toString()));
    } catch (JacksonException | ParseException | IllegalArgumentException e) {
      // Their texts quote the file, and with it the key.
      throw new IOException(file + " does not hold an account of a phone");
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Account[" + device + " of " + user + " at " + base + "]";
  }
}
