using System.Text;
using System.Text.Json;
using Baton.Evidence.Sheets;
using Baton.Protocol;
using Baton.Protocol.Cli.V1;

namespace Baton.Evidence.Lists;

/// <summary>Who holds one of two entitlements, and which.</summary>
public sealed record ComparedPrincipal(string Difference, ResourceOutput Principal);

/// <summary>Upstream's message of a principal, which does not say which of the lists it is in, with that before it.</summary>
public sealed class ComparedPrincipalForm : RowForm<ComparedPrincipal>
{
    private readonly MessageForm<ResourceOutput> _principals = new();
    private readonly ProtoJson _messages = new(ProtocolTypes.Registry);

    public override bool OmitsEmptyList => true;

    public override void WriteJson(Utf8JsonWriter json, ComparedPrincipal row)
    {
        json.WriteStartObject();
        json.WriteString("difference", row.Difference);
        _messages.WriteFields(json, row.Principal);
        json.WriteEndObject();
    }

    public override byte[] Encode(ComparedPrincipal row)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(row.Difference);
        writer.Write(_principals.Encode(row.Principal));
        writer.Flush();
        return bytes.ToArray();
    }

    public override ComparedPrincipal Decode(byte[] bytes)
    {
        var stream = new MemoryStream(bytes);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        var difference = reader.ReadString();
        return new(difference, _principals.Decode(bytes[(int)stream.Position..]));
    }
}
