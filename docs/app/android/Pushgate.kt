// Pushgate.kt: nothing of Android in it; all of it blocks
package com.example.signin

import java.io.IOException
import java.math.BigInteger
import java.net.HttpURLConnection
import java.net.URL
import java.security.KeyPair
import java.security.PrivateKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.util.Base64
import org.json.JSONException
import org.json.JSONObject

/** What is kept of an enrolment. [alias] names the key in the key store. */
data class Account(val base: String, val device: String, val user: String, val service: String, val alias: String)

class Refused(val status: Int, val code: String) : IOException("$status $code")

class Reply(val status: Int, text: String, val retryAfter: String) {
    val body = try { JSONObject(text) } catch (e: JSONException) { JSONObject() }
    fun orRefused() = if (status < 300) this else throw Refused(status, body.optString("code"))
}

fun base64url(octets: ByteArray): String = Base64.getUrlEncoder().withoutPadding().encodeToString(octets)

/** 32 octets: BigInteger drops leading zeros, and puts one before a first bit of 1. */
fun coordinate(number: BigInteger): ByteArray {
    val octets = number.toByteArray()
    val size = minOf(octets.size, 32)
    return octets.copyInto(ByteArray(32), 32 - size, octets.size - size)
}

/** A JWS wants r and s of 32 octets each; the key store gives DER: SEQUENCE { INTEGER r, INTEGER s }. */
fun joined(der: ByteArray): ByteArray {
    val r = der.copyOfRange(4, 4 + der[3])
    val s = der.copyOfRange(6 + r.size, 6 + r.size + der[5 + r.size])
    return coordinate(BigInteger(r)) + coordinate(BigInteger(s))
}

fun jws(header: JSONObject, payload: JSONObject, key: PrivateKey): String {
    val input = listOf(header.put("alg", "ES256"), payload).joinToString(".") { base64url(it.toString().toByteArray()) }
    val signature = Signature.getInstance("SHA256withECDSA")
    signature.initSign(key)
    signature.update(input.toByteArray())
    return input + "." + base64url(joined(signature.sign()))
}

private fun send(method: String, url: String, jws: String?): Reply {
    val line = URL(url).openConnection() as HttpURLConnection
    line.requestMethod = method
    line.connectTimeout = 5_000
    line.readTimeout = 10_000
    line.instanceFollowRedirects = false
    if (jws != null && (method == "GET" || method == "DELETE")) {
        line.setRequestProperty("Authorization", "Bearer $jws")
    } else if (jws != null) {
        line.doOutput = true
        line.setRequestProperty("Content-Type", "application/jose")
        line.outputStream.use { it.write(jws.toByteArray()) }
    }
    val stream = if (line.responseCode < 400) line.inputStream else line.errorStream
    val text = stream?.use { it.readBytes().decodeToString() } ?: ""
    return Reply(line.responseCode, text, line.getHeaderField("Retry-After") ?: "30")
}

/** After a 401, which may mean that this clock is off, signs once more with the server's time. */
fun ask(method: String, base: String, path: String, signed: (iat: Long) -> String): Reply {
    val reply = send(method, base + path, signed(System.currentTimeMillis() / 1000))
    if (reply.status != 401) return reply
    val time = send("GET", "$base/v1/config", null).orRefused().body.getLong("time")
    return send(method, base + path, signed(time))
}

/** Spends the code of a scanned link, https://HOST:PORT/enroll#CODE. Show the user the host before. */
fun enrol(link: String, name: String, push: JSONObject, keys: KeyPair, alias: String): Account {
    val parts = link.trim().split("/enroll#")
    require(parts.size == 2 && link.startsWith("https://")) { "not an enrolment link" }
    val (base, code) = parts
    val point = (keys.public as ECPublicKey).w
    val jwk = JSONObject().put("kty", "EC").put("crv", "P-256")
        .put("x", base64url(coordinate(point.affineX))).put("y", base64url(coordinate(point.affineY)))
    val enrolled = ask("POST", base, "/v1/devices") { iat ->
        jws(JSONObject().put("typ", "pushgate-enroll+jwt").put("jwk", jwk),
            JSONObject().put("aud", base).put("iat", iat).put("code", code).put("name", name).put("push", push), keys.private)
    }.orRefused().body
    return Account(base, enrolled.getString("device"), enrolled.getString("user"), enrolled.getString("service"), alias)
}

class Challenge(json: JSONObject) {
    val id: String = json.getString("id")
    val nonce: String = json.getString("nonce")
    val service: String = json.getString("service")
    val from: String = if (json.isNull("from")) "an unknown place" else json.getString("from")
    val expires = json.getLong("expires")
    /** 0 where a tap is enough; -1 where the app cannot ask for what is wanted, and so must not approve. */
    val digits = when (json.getString("match")) { "none" -> 0; "enter" -> json.getInt("digits"); else -> -1 }
}

/** One account; several of them may stand at one base address. */
class Phone(val account: Account, private val key: PrivateKey) {
    private fun sign(type: String, iat: Long, claims: JSONObject) =
        jws(JSONObject().put("typ", type).put("kid", account.device), claims.put("aud", account.base).put("iat", iat), key)

    private fun asBearer(method: String, path: String) = ask(method, account.base, path) { iat ->
        sign("pushgate-device+jwt", iat, JSONObject().put("htm", method).put("htu", path.substringBefore('?')))
    }

    /** What waits for an answer: for the open app, which needs no push. */
    fun pending(): List<Challenge> {
        val list = asBearer("GET", "/v1/challenges?wait=5").orRefused().body.getJSONArray("challenges")
        return List(list.length()) { Challenge(list.getJSONObject(it)) }
    }

    /** Null when it is over, or another account's. */
    fun challenge(id: String): Challenge? {
        val reply = asBearer("GET", "/v1/challenges/$id")
        return if (reply.status == 404) null else Challenge(reply.orRefused().body)
    }

    /** [verdict] is approve, deny or report; [number] goes with approve where there are digits. */
    fun answer(challenge: Challenge, verdict: String, number: String? = null): String {
        val reply = ask("POST", account.base, "/v1/challenges/${challenge.id}/verdict") { iat ->
            sign("pushgate-verdict+jwt", iat, JSONObject().put("challenge", challenge.id)
                .put("nonce", challenge.nonce).put("verdict", verdict).putOpt("match", number))
        }
        return when (reply.status) {
            200 -> "Done: ${reply.body.getString("state")}." // approved, denied, reported
            409 -> "This had been answered: ${reply.body.optString("state")}."
            404, 410 -> "Too late: this sign-in is over."
            422 -> "Wrong number: this sign-in was denied. Begin it anew."
            401 -> "This phone is not enrolled any more."
            429, 503 -> "Too much to do: try again in ${reply.retryAfter} seconds."
            else -> throw Refused(reply.status, reply.body.optString("code")) // 400, 413, 415: a fault of this app
        }
    }

    fun changePush(push: JSONObject) {
        ask("PUT", account.base, "/v1/devices/${account.device}/push") { iat ->
            sign("pushgate-push+jwt", iat, JSONObject().put("push", push))
        }.orRefused()
    }

    /** Has the server forget this device. */
    fun remove() {
        asBearer("DELETE", "/v1/devices/${account.device}").orRefused()
    }
}

/** What was typed, as the server wants it: digits of any script become ASCII; null when it cannot be right. */
fun number(typed: String, digits: Int): String? {
    val values = typed.filterNot { it.isWhitespace() }.map { Character.digit(it, 10) }
    return if (values.size == digits && values.all { it >= 0 }) values.joinToString("") else null
}
