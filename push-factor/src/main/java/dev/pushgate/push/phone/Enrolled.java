package dev.pushgate.push.phone;

/**
 * A device that has just been enrolled, as its phone is told.
 *
 * @param device its identifier: 22 to 32 characters of base64url
 * @param user the canonical user
 * @param service the name that the administrator gave this service
 * @param name what the user calls the device
 */
public record Enrolled(String device, String user, String service, String name) {}
