package io.github.brainimaging.examples.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A form with one file, as browsers send it. */
final class Form {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  static final String TYPE = "multipart/form-data; boundary=border";

  private final String field;
  private final String name;
  private final byte[] content;

  Form(String field, String name, byte[] content) {
    this.field = field;
    this.name = name;
    this.content = content;
  }

  byte[] body() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--border\r\nContent-Disposition: form-data; name=\""
            + field
            + "\"; filename=\""
            + name
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    body.write(head.getBytes(StandardCharsets.UTF_8));
    body.write(content);
    body.write("\r\n--border--\r\n".getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  HttpResponse<String> post(String address) throws IOException, InterruptedException {
    return send(address, HttpRequest.BodyPublishers.ofByteArray(body()), TYPE);
  }

  static HttpResponse<String> send(String address, HttpRequest.BodyPublisher body, String type)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address)).header("Content-Type", type).POST(body).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static HttpResponse<String> get(String address) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
