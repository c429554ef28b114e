using System.Text;
using System.Text.Json;
using Baton.Evidence.Access;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Findings;

/// <summary>Findings, which are made while they are read: there may be more of them than of anything in memory. Only what they are about is.</summary>
internal sealed class FindingForm : RowForm<Finding>
{
    private const int NoTarget = -1;

    private readonly List<AccessTarget> _targets = [];
    private readonly Dictionary<AccessTarget, int> _numbers = [];

    public override void WriteJson(Utf8JsonWriter json, Finding row)
    {
        json.WriteStartObject();
        WriteProperties(json, row);
        json.WriteEndObject();
    }

    public override byte[] Encode(Finding row)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write((byte)row.Code);
        writer.Write((byte)row.Severity);
        writer.Write(row.Subject);
        writer.Write(row.SubjectId);
        writer.Write(row.Target is { } target ? NumberOf(target) : NoTarget);
        writer.Write(row.Detail);
        writer.Flush();
        return bytes.ToArray();
    }

    public override Finding Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return new(
            (FindingCode)reader.ReadByte(),
            (Severity)reader.ReadByte(),
            reader.ReadString(),
            reader.ReadString(),
            reader.ReadInt32() is not NoTarget and var number ? _targets[number] : null,
            reader.ReadString());
    }

    /// <summary>The properties of one finding.</summary>
    public static void WriteProperties(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("severity", FindingCatalog.Name(finding.Severity));
        json.WriteString("code", finding.Entry.Name);
        json.WriteString("subjectId", finding.SubjectId);
        json.WriteString("subject", finding.Subject);
        if (finding.Target is { } target)
        {
            json.WriteString("resourceId", target.Reference);
        }

        json.WriteString("detail", finding.Detail);
    }

    private int NumberOf(AccessTarget target)
    {
        if (!_numbers.TryGetValue(target, out var number))
        {
            number = _targets.Count;
            _numbers.Add(target, number);
            _targets.Add(target);
        }

        return number;
    }
}
