using System.Security.Cryptography;
using Baton.Protocol.ConnectorApi.V1;
using Grpc.Core;
using Message = Baton.Protocol.ConnectorApi.V1.BatonServiceUploadAssetRequest.MsgOneofCase;
using Task = System.Threading.Tasks.Task;

namespace Podium.Connectors.Uploads;

/// <summary>Takes in the parts of one upload in their order, until the digest shows that it is whole.</summary>
internal sealed class UploadReceiver(IUploadWriter writer, long largest) : IDisposable
{
    private const int LargestChunk = 1024 * 1024;
    private const int MostAnnotations = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _start = new byte[UploadKinds.MagicLength];
    private string? _sha256;

    public long Size { get; private set; }

    /// <summary>Takes in a part after the first, which says whose upload it is.</summary>
    /// <exception cref="UploadException">It is not the part that may come now, or not as it must be.</exception>
    public async Task AddAsync(BatonServiceUploadAssetRequest part, CancellationToken cancellationToken)
    {
        if (_sha256 is not null)
        {
            throw Refusal("something follows the end");
        }

        switch (part.MsgCase)
        {
            case Message.Data when part.Data.Data.Length is > 0 and <= LargestChunk:
                await AddAsync(part.Data.Data.Memory, cancellationToken);
                break;
            case Message.Data:
                throw Refusal($"a chunk of {part.Data.Data.Length} bytes");
            case Message.Eof when part.Eof.Sha256Checksum.Length != SHA256.HashSizeInBytes || part.Eof.Annotations.Count > MostAnnotations:
                throw Refusal($"an end with a digest of {part.Eof.Sha256Checksum.Length} bytes and {part.Eof.Annotations.Count} annotations");
            case Message.Eof:
                var digest = _hash.GetHashAndReset();
                if (!digest.AsSpan().SequenceEqual(part.Eof.Sha256Checksum.Span))
                {
                    throw new UploadException(StatusCode.DataLoss, "upload: the digest is that of something else: it was damaged on its way");
                }

                _sha256 = Convert.ToHexStringLower(digest);
                break;
            default:
                throw Refusal($"{part.MsgCase} after the first message");
        }
    }

    /// <summary>What came, once the stream has ended.</summary>
    /// <exception cref="UploadException">The end is missing, or it is no file of ours.</exception>
    public (UploadKind Kind, string Sha256) Complete()
    {
        var sha256 = _sha256 ?? throw Refusal("it ended before its end");
        var kind = UploadKinds.Of(_start.AsSpan(0, (int)Math.Min(Size, _start.Length))) ?? throw Refusal("neither a sync nor a log");
        return (kind, sha256);
    }

    public void Dispose() => _hash.Dispose();

    private async Task AddAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (data.Length > largest - Size)
        {
            throw new UploadException(StatusCode.ResourceExhausted, $"upload: it is larger than the {largest:N0} bytes that this server takes");
        }

        if (Size < _start.Length)
        {
            var missing = data.Span[..Math.Min(data.Length, _start.Length - (int)Size)];
            missing.CopyTo(_start.AsSpan((int)Size));
        }

        _hash.AppendData(data.Span);
        await writer.WriteAsync(data, cancellationToken);
        Size += data.Length;
    }

    private static UploadException Refusal(string what) => new(StatusCode.InvalidArgument, $"upload: {what}");
}
