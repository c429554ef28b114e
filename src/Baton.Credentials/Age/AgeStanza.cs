namespace Baton.Credentials.Age;

/// <summary>The file key, wrapped for one recipient.</summary>
/// <param name="Type">The kind of recipient.</param>
/// <param name="Arguments">What the recipient needs to unwrap it, and what tells it that it can.</param>
/// <param name="Body">The wrapped key.</param>
internal sealed record AgeStanza(string Type, IReadOnlyList<string> Arguments, byte[] Body);
