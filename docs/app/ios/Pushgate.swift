// Pushgate.swift, in the app and in its notification service extension; iOS 15 and later
import CryptoKit
import Foundation
import LocalAuthentication
import Security

typealias Key = SecureEnclave.P256.Signing.PrivateKey

/// What is kept of an enrolment. `key` is of use to the Secure Enclave of this device only.
struct Account: Codable { var base, device, user, service: String; var key: Data }

struct Challenge: Decodable { let id, nonce, service, match: String; let from: String?; let expires: Int; let digits: Int? }

struct Refused: Error { let status: Int; let code: String }

struct Reply {
    let status: Int
    let data: Data
    let retryAfter: String
    var body: [String: Any] { ((try? JSONSerialization.jsonObject(with: data)) as? [String: Any]) ?? [:] }
    func text(_ member: String) -> String { (body[member] as? String) ?? "" }
    func orRefused() throws -> Reply {
        if status < 300 { return self }
        throw Refused(status: status, code: text("code"))
    }
}

func base64url(_ data: Data) -> String {
    data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
}

/// `rawRepresentation` is r and s of 32 octets each, as a JWS wants it. `SecKeyCreateSignature` would give DER.
func jws(_ header: [String: Any], _ payload: [String: Any], _ key: Key) throws -> String {
    let whole = header.merging(["alg": "ES256"]) { _, new in new }
    let input = base64url(try JSONSerialization.data(withJSONObject: whole)) + "."
        + base64url(try JSONSerialization.data(withJSONObject: payload))
    return input + "." + base64url(try key.signature(for: Data(input.utf8)).rawRepresentation)
}

private func send(_ method: String, _ url: String, _ jws: String?) async throws -> Reply {
    guard let address = URL(string: url) else { throw URLError(.badURL) }
    var request = URLRequest(url: address, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 10)
    request.httpMethod = method
    if let jws = jws, method == "GET" || method == "DELETE" {
        request.setValue("Bearer " + jws, forHTTPHeaderField: "Authorization")
    } else if let jws = jws {
        request.setValue("application/jose", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(jws.utf8)
    }
    let (data, response) = try await URLSession.shared.data(for: request)
    guard let http = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
    return Reply(status: http.statusCode, data: data, retryAfter: http.value(forHTTPHeaderField: "Retry-After") ?? "30")
}

/// After a 401, which may mean that this clock is off, signs once more with the server's time.
func ask(_ method: String, _ base: String, _ path: String, _ signed: (Int) throws -> String) async throws -> Reply {
    let reply = try await send(method, base + path, try signed(Int(Date().timeIntervalSince1970)))
    if reply.status != 401 { return reply }
    let config = try await send("GET", base + "/v1/config", nil).orRefused()
    guard let time = config.body["time"] as? Int else { throw URLError(.badServerResponse) }
    return try await send(method, base + path, try signed(time))
}

func push(_ token: String?) -> [String: Any] {
    guard let token = token else { return ["via": "poll"] }
    return ["via": "apns", "token": token]
}

/// Spends the code of a scanned link, https://HOST:PORT/enroll#CODE. Show the user the host before.
func enrol(_ link: String, name: String, token: String?) async throws -> Account {
    let parts = link.trimmingCharacters(in: .whitespacesAndNewlines).components(separatedBy: "/enroll#")
    guard parts.count == 2, parts[0].hasPrefix("https://"), let access = SecAccessControlCreateWithFlags(
        nil, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, [.privateKeyUsage], nil)
    else { throw URLError(.badURL) }
    let key = try Key(accessControl: access)
    let point = key.publicKey.rawRepresentation  // x and y, padded to 32 octets each
    let jwk = ["kty": "EC", "crv": "P-256", "x": base64url(point.prefix(32)), "y": base64url(point.suffix(32))]
    let reply = try await ask("POST", parts[0], "/v1/devices") { iat in
        try jws(["typ": "pushgate-enroll+jwt", "jwk": jwk],
                ["aud": parts[0], "iat": iat, "code": parts[1], "name": name, "push": push(token)], key)
    }.orRefused()
    return Account(base: parts[0], device: reply.text("device"), user: reply.text("user"),
                   service: reply.text("service"), key: key.dataRepresentation)
}

/// One account; several of them may stand at one base address.
struct Phone {
    let account: Account
    let key: Key

    init(_ account: Account, _ context: LAContext? = nil) throws {
        self.account = account
        self.key = try Key(dataRepresentation: account.key, authenticationContext: context)
    }

    private func sign(_ type: String, _ iat: Int, _ claims: [String: Any]) throws -> String {
        let payload = claims.merging(["aud": account.base, "iat": iat]) { _, new in new }
        return try jws(["typ": type, "kid": account.device], payload, key)
    }

    private func asBearer(_ method: String, _ path: String) async throws -> Reply {
        let htu = path.components(separatedBy: "?")[0]
        return try await ask(method, account.base, path) { iat in
            try sign("pushgate-device+jwt", iat, ["htm": method, "htu": htu])
        }
    }

    /// What waits for an answer: for the open app, which needs no push.
    func pending() async throws -> [Challenge] {
        struct List: Decodable { let challenges: [Challenge] }
        let reply = try await asBearer("GET", "/v1/challenges?wait=5").orRefused()
        return try JSONDecoder().decode(List.self, from: reply.data).challenges
    }

    /// Nil when it is over, or another account's.
    func challenge(_ id: String) async throws -> Challenge? {
        let reply = try await asBearer("GET", "/v1/challenges/\(id)")
        if reply.status == 404 { return nil }
        return try JSONDecoder().decode(Challenge.self, from: try reply.orRefused().data)
    }

    /// `verdict` is approve, deny or report; `number` goes with approve where `match` is enter.
    func answer(_ challenge: Challenge, _ verdict: String, number: String? = nil) async throws -> String {
        var claims = ["challenge": challenge.id, "nonce": challenge.nonce, "verdict": verdict]
        if let number = number { claims["match"] = number }
        let signed = claims
        let reply = try await ask("POST", account.base, "/v1/challenges/\(challenge.id)/verdict") { iat in
            try sign("pushgate-verdict+jwt", iat, signed)
        }
        switch reply.status {
        case 200: return "Done: \(reply.text("state"))."  // approved, denied, reported
        case 409: return "This had been answered: \(reply.text("state"))."
        case 404, 410: return "Too late: this sign-in is over."
        case 422: return "Wrong number: this sign-in was denied. Begin it anew."
        case 401: return "This phone is not enrolled any more."
        case 429, 503: return "Too much to do: try again in \(reply.retryAfter) seconds."
        default: throw Refused(status: reply.status, code: reply.text("code"))  // 400, 413, 415: a fault of this app
        }
    }

    func changePush(_ token: String) async throws {
        _ = try await ask("PUT", account.base, "/v1/devices/\(account.device)/push") { iat in
            try sign("pushgate-push+jwt", iat, ["push": push(token)])
        }.orRefused()
    }

    /// Has the server forget this device.
    func remove() async throws {
        _ = try await asBearer("DELETE", "/v1/devices/\(account.device)").orRefused()
    }
}

/// What was typed, as the server wants it: digits of any script become ASCII; nil when it cannot be right.
func number(_ typed: String, digits: Int) -> String? {
    let values = typed.filter { !$0.isWhitespace }.map { $0.wholeNumberValue ?? 10 }
    return values.count == digits && values.allSatisfy { $0 < 10 } ? values.map { String($0) }.joined() : nil
}

/// In the keychain group that the app and the extension share.
enum Accounts {
    private static let item: [String: Any] = [kSecClass as String: kSecClassGenericPassword, kSecAttrService as String: "pushgate"]

    static func load() -> [Account] {
        let query = item.merging([kSecReturnData as String: true]) { _, new in new }
        var found: CFTypeRef?
        guard SecItemCopyMatching(query as CFDictionary, &found) == errSecSuccess, let data = found as? Data else { return [] }
        return (try? JSONDecoder().decode([Account].self, from: data)) ?? []
    }

    static func save(_ accounts: [Account]) throws {
        SecItemDelete(item as CFDictionary)
        let new = item.merging([
            kSecValueData as String: try JSONEncoder().encode(accounts),
            kSecAttrAccessible as String: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
        ]) { _, new in new }
        let status = SecItemAdd(new as CFDictionary, nil)
        if status != errSecSuccess { throw Refused(status: Int(status), code: "keychain") }
    }
}

/// Nil when it is none of ours, or for an address that this app never enrolled with.
struct PushMessage {
    let challenge: String
    let expires: Int
    let accounts: [Account]

    init?(_ message: [AnyHashable: Any]) {
        guard message["v"] as? Int == 1, let challenge = message["challenge"] as? String,
              let callback = message["callback"] as? String, let expires = message["expires"] as? Int,
              challenge.range(of: "^[A-Za-z0-9_-]{22,32}$", options: .regularExpression) != nil
        else { return nil }
        self.challenge = challenge
        self.expires = expires
        self.accounts = Accounts.load().filter { $0.base == callback }
        if accounts.isEmpty { return nil }
    }

    /// Nil when the sign-in is over.
    func find() async throws -> (Phone, Challenge)? {
        for account in accounts {
            let phone = try Phone(account)
            let found = try await phone.challenge(challenge)
            if let found = found { return (phone, found) }
        }
        return nil
    }
}
