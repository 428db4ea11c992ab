package dev.pushgate.radius.login;

import dev.pushgate.radius.Login;

/**
 * A login whose second factor is being asked.
 *
 * @param factor the name that the factor was chosen by
 */
record Asking(Login login, String factor) {}
