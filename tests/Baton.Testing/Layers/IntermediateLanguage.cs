using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Baton.Testing.Layers;

/// <summary>Finds in the body of a method what it refers to.</summary>
internal static class IntermediateLanguage
{
    private static readonly Dictionary<ushort, OpCode> Instructions = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(instruction => (ushort)instruction.Value);

    public static IEnumerable<EntityHandle> Tokens(byte[] body)
    {
        for (var place = 0; place < body.Length;)
        {
            // Instructions of two bytes begin with this one.
            var code = body[place] == 0xFE ? (ushort)(0xFE00 | body[place + 1]) : body[place];
            place += code > 0xFF ? 2 : 1;
            var instruction = Instructions[code];
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return (EntityHandle)MetadataTokens.Handle(BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(place)));
            }

            place += Length(instruction.OperandType, body, place);
        }
    }

    private static int Length(OperandType operand, byte[] body, int place) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(place))),
        _ => 4,
    };
}
