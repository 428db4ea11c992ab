// NotificationService.swift, the notification service extension
import UserNotifications

class NotificationService: UNNotificationServiceExtension {
    private var content = UNMutableNotificationContent()
    private var deliver: ((UNNotificationContent) -> Void)?

    override func didReceive(
        _ request: UNNotificationRequest, withContentHandler contentHandler: @escaping (UNNotificationContent) -> Void
    ) {
        guard let copy = request.content.mutableCopy() as? UNMutableNotificationContent else { return contentHandler(request.content) }
        content = copy
        deliver = contentHandler
        content.categoryIdentifier = ""  // no buttons for what the notification does not tell
        guard let message = PushMessage(content.userInfo), message.expires != 0 else { return finish() }
        Task {
            do {
                let found = try await message.find()
                content.body = "This sign-in is over."
                if let (_, challenge) = found {
                    content.title = challenge.service
                    content.body = "Is it you who signs in from \(challenge.from ?? "an unknown place")?"
                    content.categoryIdentifier = challenge.match == "none" ? request.content.categoryIdentifier : ""
                }
            } catch {}  // no network: our text stands, and a tap opens the app
            finish()
        }
    }

    override func serviceExtensionTimeWillExpire() { finish() }

    private func finish() {
        deliver?(content)
        deliver = nil
    }
}
