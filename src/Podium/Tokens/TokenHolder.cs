namespace Podium.Tokens;

/// <summary>Whom a token speaks for: a connector, which may call the connectors' service only, or a person, who may call the API only.</summary>
internal sealed record TokenHolder(long CredentialId, string ClientId, long? ConnectorId, long? PersonId);
