package dev.pushgate.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * The files of the web app, read once at the start. What is not among them cannot be asked for.
 *
 * <p>Immutable, so safe for use by many threads.
 */
final class WebApp {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "txt", "text/plain;charset=utf-8");
  private static final HttpFields SAME_FOR_ALL =
      HttpFields.build()
          .put(HttpHeader.CACHE_CONTROL, "no-cache")
          .put(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none';"
                  + " form-action 'none'; frame-ancestors 'none'")
          .put("Cross-Origin-Opener-Policy", "same-origin")
          .put("Cross-Origin-Resource-Policy", "same-origin")
          .put("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
          .asImmutable();

  private final Map<String, Answer> files;

  private WebApp(Map<String, Answer> files) {
    this.files = Map.copyOf(files);
  }

  /** The app that comes with this module. */
  static WebApp shipped() {
    URL index = WebApp.class.getResource("web/index.html");
    if (index == null) {
      throw new IllegalStateException("the web app is not on the class path");
    }
    return beside(index);
  }

  /**
   * The app in a folder of a jar or of a file system.
   *
   * @param index its page {@code index.html}; what stands beside and below it belongs to the app
   * @throws IllegalArgumentException when there is a file of a kind that we do not know
   */
  static WebApp beside(URL index) {
    try {
      if (index.openConnection() instanceof JarURLConnection inJar) {
        Path file = Path.of(inJar.getJarFileURL().toURI());
        try (FileSystem jar = FileSystems.newFileSystem(file)) {
          return in(jar.getPath(inJar.getEntryName()));
        }
      }
      return in(Path.of(index.toURI()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static WebApp in(Path indexFile) throws IOException {
    Path folder = Objects.requireNonNull(indexFile.getParent(), "a page stands in a folder");
    Map<String, Answer> files = new HashMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put("/" + folder.relativize(file), file(file));
      }
    }
    Answer index = files.get("/index.html");
    files.put("/", index);
    files.put("/enroll", index);
    return new WebApp(files);
  }

  private static Answer file(Path file) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    String name = file.getFileName().toString();
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalArgumentException("no content type is known for " + name);
    }
    HttpFields headers =
        HttpFields.build(SAME_FOR_ALL)
            .put(HttpHeader.CONTENT_TYPE, type)
            .put(HttpHeader.ETAG, entityTag(octets));
    return new Answer(HttpStatus.OK_200, headers, ByteBuffer.wrap(octets).asReadOnlyBuffer());
  }

  private static String entityTag(byte[] octets) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** All paths that can be asked for. */
  Set<String> paths() {
    return files.keySet();
  }

  /** The answer to a request for a file, or empty where the app has no such path. */
  Optional<Answer> answer(Request request, String path) {
    return Optional.ofNullable(files.get(path))
        .map(
            file ->
                switch (request.getMethod()) {
                  case "GET", "HEAD" -> isKnown(request, file) ? notModified(file) : file;
                  default -> Refusals.methodNotAllowed("GET, HEAD");
                });
  }

  private static boolean isKnown(Request request, Answer file) {
    String tag = file.headers().get(HttpHeader.ETAG);
    // A tag is a quoted digest, so it cannot be part of another one.
    return request.getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH).stream()
        .anyMatch(known -> known.contains(tag) || known.equals("*"));
  }

  private static Answer notModified(Answer file) {
    HttpFields headers = HttpFields.build(file.headers()).remove(HttpHeader.CONTENT_TYPE);
    return new Answer(HttpStatus.NOT_MODIFIED_304, headers, ByteBuffer.allocate(0));
  }
}
