package io.cite.core.domain.dockerfile;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TCP ports that an image exposes, as its Dockerfile says.
 *
 * @param named the ports, in the order of the file
 * @param remarks what else its EXPOSE instructions say, in words
 * @param unclear whether an EXPOSE is among them of which the port cannot be known
 * @param base the image that it is made from, whose own ports are not known here; null if the file
 *     has no FROM
 */
public record ExposedPorts(
    List<Port> named, List<String> remarks, boolean unclear, @Nullable String base) {
  /** What a service listens on if nothing says what. */
  private static final int USUAL_PORT = 8080;

  public ExposedPorts {
    named = List.copyOf(named);
    remarks = List.copyOf(remarks);
  }

  /**
   * A port.
   *
   * @param from where it comes from, in words
   */
  public record Port(int number, String from) {}

  /** The ports of a Dockerfile's last stage. */
  public static ExposedPorts of(String dockerfile) {
    return new Dockerfile(Instructions.of(dockerfile)).exposed();
  }

  /**
   * The ports of a service that has this image; the usual one if it exposes none.
   *
   * @throws InvalidInput if it exposes one, and none of which the number is known
   */
  public List<Port> chosen() {
    if (!named.isEmpty()) {
      return named;
    }
    if (unclear) {
      throw new InvalidInput(
          ErrorCode.UNREADABLE_FILE,
          "CITE cannot tell the ports that the Dockerfile exposes: "
              + String.join("; ", remarks)
              + ". Set the ports of the service, or write the numbers into the Dockerfile.");
    }
    return List.of(new Port(USUAL_PORT, "the default, because the Dockerfile exposes no TCP port"));
  }

  /** The numbers of these ports. */
  public ContainerPorts numbers() {
    return new ContainerPorts(chosen().stream().map(Port::number).toList());
  }

  /** What somebody should know of the ports, in words; empty if nothing is unusual. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(remarks);
    if (named.isEmpty() && base != null && !base.equals("scratch")) {
      notes.add("ports that the base image " + base + " exposes are not known");
    }
    return notes;
  }

  /** Where each port comes from, and the notes, in one line. */
  public String origin() {
    List<String> parts = new ArrayList<>();
    chosen().forEach(port -> parts.add(port.number() + " from " + port.from()));
    parts.addAll(notes());
    return String.join("; ", parts);
  }
}
