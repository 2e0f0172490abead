package io.cite.sdk.wire;

/**
 * The answer to a webhook.
 *
 * @param delivery the GUID that GitHub gave it
 * @param disposition {@code accepted} or {@code duplicate}
 */
public record DeliveryReceiptView(String delivery, String disposition) {}
