package io.cite.server.sandbox.github.state;

/** Something remembered under a number, belonging to one repository (0 for none). */
public interface Row {

  long id();

  long repository();
}
