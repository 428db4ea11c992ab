package dev.pushgate.command.phone;

/** What is done with a challenge; the names are what is typed. */
enum Answer {
  approve,
  deny,
  report,
  ignore
}
