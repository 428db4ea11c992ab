// AppDelegate.swift
import LocalAuthentication
import UIKit
import UserNotifications

class AppDelegate: NSObject, UIApplicationDelegate, UNUserNotificationCenterDelegate {
    func application(
        _ application: UIApplication, didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]? = nil
    ) -> Bool {
        let center = UNUserNotificationCenter.current()
        center.delegate = self
        let approve = UNNotificationAction(identifier: "approve", title: "Approve", options: [.authenticationRequired])
        let deny = UNNotificationAction(identifier: "deny", title: "Deny", options: [.authenticationRequired, .destructive])
        center.setNotificationCategories([UNNotificationCategory(
            identifier: "PUSHGATE_CHALLENGE", actions: [approve, deny], intentIdentifiers: [], options: [])])
        center.requestAuthorization(options: [.alert, .sound]) { _, _ in }
        application.registerForRemoteNotifications()  // at each start: the token may be another
        return true
    }

    func application(_ application: UIApplication, didRegisterForRemoteNotificationsWithDeviceToken deviceToken: Data) {
        let token = deviceToken.map { String(format: "%02x", $0) }.joined()
        UserDefaults.standard.set(token, forKey: "token")  // for enrol(_:name:token:)
        Task {
            for account in Accounts.load() { try? await Phone(account).changePush(token) }
        }
    }

    func userNotificationCenter(
        _ center: UNUserNotificationCenter, didReceive response: UNNotificationResponse,
        withCompletionHandler completionHandler: @escaping () -> Void
    ) {
        let request = response.notification.request
        let verdict = response.actionIdentifier
        guard verdict == "approve" || verdict == "deny", let message = PushMessage(request.content.userInfo)
        else { return completionHandler() }  // a tap: open the screen that shows pending()
        Task {
            let told = UNMutableNotificationContent()
            told.title = request.content.title
            told.body = "This sign-in is over."
            do {
                let found = try await message.find()
                if let (phone, challenge) = found { told.body = try await phone.answer(challenge, verdict) }
            } catch {
                told.body = "The answer did not get through: open the app."
            }
            // The same identifier: takes the place of the question.
            try? await center.add(UNNotificationRequest(identifier: request.identifier, content: told, trigger: nil))
            completionHandler()
        }
    }

    func userNotificationCenter(
        _ center: UNUserNotificationCenter, willPresent notification: UNNotification,
        withCompletionHandler completionHandler: @escaping (UNNotificationPresentationOptions) -> Void
    ) {
        completionHandler([.banner, .list, .sound])  // and have an open question screen ask again what is pending
    }
}

/// For a button of the app's own: Face ID, Touch ID or the passcode, then the answer.
func approve(_ account: Account, _ challenge: Challenge, number: String?) async throws -> String {
    let context = LAContext()
    guard try await context.evaluatePolicy(.deviceOwnerAuthentication, localizedReason: "Approve the sign-in")
    else { return "Not answered." }
    return try await Phone(account, context).answer(challenge, "approve", number: number)
}
