namespace Podium.Tokens;

/// <summary>Whom a credential speaks for, and the last part of its client id, by which people tell the two apart.</summary>
internal readonly record struct ClientCredentialOwner
{
    private ClientCredentialOwner(long? connectorId, long? personId, string use)
    {
        ConnectorId = connectorId;
        PersonId = personId;
        Use = use;
    }

    public long? ConnectorId { get; }

    public long? PersonId { get; }

    public string Use { get; }

    public static ClientCredentialOwner Connector(long id) => new(id, null, "ccc");

    public static ClientCredentialOwner Person(long id) => new(null, id, "pcc");
}
