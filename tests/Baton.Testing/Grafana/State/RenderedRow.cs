namespace Baton.Testing.Grafana.State;

/// <summary>A row of a listing as JSON, kept until what it shows changes. It shows an age too, so it is good for one age only.</summary>
internal sealed class RenderedRow
{
    private byte[]? _json;
    private Age _age;

    public bool TryGet(Age age, out ReadOnlySpan<byte> json)
    {
        json = _json;
        return _json is not null && _age == age;
    }

    public void Keep(Age age, byte[] json)
    {
        _age = age;
        _json = json;
    }

    public void Drop() => _json = null;
}
