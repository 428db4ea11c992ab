// SignIn.kt, for Android 9 (API 28) and later
package com.example.signin

import android.app.*
import android.content.*
import android.os.Build
import android.security.keystore.*
import com.google.firebase.messaging.FirebaseMessagingService
import com.google.firebase.messaging.RemoteMessage
import java.security.*
import java.security.spec.ECGenParameterSpec
import java.util.UUID
import kotlin.concurrent.thread
import org.json.JSONObject

class Phones(context: Context) {
    private val kept = context.getSharedPreferences("phones", Context.MODE_PRIVATE)
    private val keys = KeyStore.getInstance("AndroidKeyStore").apply { load(null) }

    fun all(): List<Phone> = kept.all.filterKeys { it.startsWith("pushgate-") }.mapNotNull { (alias, text) ->
        val json = JSONObject(text as String)
        val key = keys.getKey(alias, null) as PrivateKey?
        val account = Account(json.getString("base"), json.getString("device"), json.getString("user"), json.getString("service"), alias)
        key?.let { Phone(account, it) }
    }

    /** Blocks. */
    fun add(link: String, name: String) {
        val alias = "pushgate-" + UUID.randomUUID()
        try {
            val account = enrol(link, name, push(), newKey(alias), alias)
            kept.edit().putString(alias, JSONObject().put("base", account.base).put("device", account.device)
                .put("user", account.user).put("service", account.service).toString()).commit()
        } catch (e: Exception) {
            keys.deleteEntry(alias)
            throw e
        }
    }

    /** Blocks. To be called at each start too: what did not get through then does so now. */
    fun tellToken(token: String) {
        kept.edit().putString("token", token).commit()
        for (phone in all()) try { phone.changePush(push()) } catch (e: Exception) { continue }
    }

    private fun push(): JSONObject {
        val token = kept.getString("token", null) ?: return JSONObject().put("via", "poll")
        return JSONObject().put("via", "fcm").put("token", token)
    }

    private fun newKey(alias: String): KeyPair =
        try { newKey(alias, true) } catch (e: StrongBoxUnavailableException) { newKey(alias, false) }

    private fun newKey(alias: String, strongBox: Boolean): KeyPair {
        val generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, "AndroidKeyStore")
        generator.initialize(KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
            .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
            .setDigests(KeyProperties.DIGEST_SHA256).setIsStrongBoxBacked(strongBox).build())
        return generator.generateKeyPair()
    }
}

class PushService : FirebaseMessagingService() {
    override fun onNewToken(token: String) = Phones(this).tellToken(token)

    override fun onMessageReceived(message: RemoteMessage) {
        val data = message.data // all values are strings
        val id = data["challenge"] ?: return
        val phones = Phones(this).all().filter { it.account.base == data["callback"] }
        if (data["v"] != "1" || phones.isEmpty() || !Regex("[A-Za-z0-9_-]{22,32}").matches(id)) return
        val expires = data["expires"]?.toLongOrNull() ?: return
        // Shown first, and said more fully after: Android may end this process while it asks the server.
        val notifications = SignInNotifications(this)
        notifications.show(id, data["title"] ?: "", data["text"] ?: "", expires)
        if (expires == 0L) return // nothing to answer: text, and no buttons
        try {
            val found = phones.firstNotNullOfOrNull { phone -> phone.challenge(id)?.let { phone to it } }
            if (found == null) notifications.show(id, data["title"] ?: "", "This sign-in is over.", 0)
            else notifications.ask(found.first.account, found.second)
        } catch (e: Exception) {
            return // no network: our text stands, and a tap opens the app
        }
    }
}

class SignInNotifications(private val context: Context) {
    private val manager = context.getSystemService(Context.NOTIFICATION_SERVICE) as NotificationManager

    fun show(id: String, title: String, text: String, expires: Long) = manager.notify(id, 0, builder(title, text, expires).build())

    fun ask(account: Account, challenge: Challenge) {
        val builder = builder(challenge.service, "Is it you who signs in from ${challenge.from}?", challenge.expires)
        // Before Android 12 a button works on a locked phone; and a number needs the app.
        if (challenge.digits == 0 && Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
            for ((verdict, label) in listOf("approve" to "Approve", "deny" to "Deny")) {
                val intent = Intent(context, AnswerReceiver::class.java).setAction(verdict).setIdentifier(challenge.id)
                    .putExtra("device", account.device)
                val pending = PendingIntent.getBroadcast(context, 0, intent, PendingIntent.FLAG_IMMUTABLE)
                builder.addAction(Notification.Action.Builder(null, label, pending).setAuthenticationRequired(true).build())
            }
        }
        manager.notify(challenge.id, 0, builder.build()) // the challenge is the tag: one takes the place of the other
    }

    private fun builder(title: String, text: String, expires: Long): Notification.Builder {
        manager.createNotificationChannel(NotificationChannel("sign-in", "Sign-in requests", NotificationManager.IMPORTANCE_HIGH))
        val open = PendingIntent.getActivity(context, 0,
            context.packageManager.getLaunchIntentForPackage(context.packageName), PendingIntent.FLAG_IMMUTABLE)
        val builder = Notification.Builder(context, "sign-in").setSmallIcon(android.R.drawable.ic_lock_lock)
            .setContentTitle(title).setContentText(text).setContentIntent(open).setAutoCancel(true).setOnlyAlertOnce(true)
        val left = expires * 1000 - System.currentTimeMillis()
        return if (left > 0) builder.setTimeoutAfter(left) else builder
    }
}

class AnswerReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        val id = intent.identifier ?: return
        val verdict = intent.action ?: return
        val pending = goAsync()
        thread {
            val text = try {
                val phone = Phones(context).all().first { it.account.device == intent.getStringExtra("device") }
                phone.challenge(id)?.let { phone.answer(it, verdict) } ?: "This sign-in is over."
            } catch (e: Exception) {
                "The answer did not get through: open the app."
            }
            SignInNotifications(context).show(id, "Sign-in", text, 0)
            pending.finish()
        }
    }
}
