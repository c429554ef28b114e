using System.Security.Cryptography;
using Baton.Protocol.ConnectorApi.V1;
using Grpc.Core;
using Message = Baton.Protocol.ConnectorApi.V1.BatonServiceUploadAssetRequest.MsgOneofCase;
using Task = System.Threading.Tasks.Task;

namespace Baton.Testing.ControlPlane.Uploads;

/// <summary>Takes in one upload: its parts in their order, into a file, until the digest shows that it is whole.</summary>
internal sealed class UploadReceiver(string path) : IDisposable
{
    private const int LargestChunk = 1024 * 1024;
    private const int DigestLength = 32;

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<int> _chunks = [];
    private bool _isComplete;

    public long Length => _file.Length;

    /// <summary>Takes in a part after the first.</summary>
    /// <exception cref="RpcException">It is not the part that may come now, or not as it must be.</exception>
    public async Task AddAsync(BatonServiceUploadAssetRequest part, CancellationToken cancellationToken)
    {
        if (_isComplete)
        {
            throw Refusal("something follows the end");
        }

        switch (part.MsgCase)
        {
            case Message.Data when part.Data.Data.Length is > 0 and <= LargestChunk:
                _chunks.Add(part.Data.Data.Length);
                _hash.AppendData(part.Data.Data.Span);
                await _file.WriteAsync(part.Data.Data.Memory, cancellationToken);
                break;
            case Message.Data:
                throw Refusal($"a chunk of {part.Data.Data.Length} bytes");
            case Message.Eof when part.Eof.Sha256Checksum.Length != DigestLength:
                throw Refusal($"a digest of {part.Eof.Sha256Checksum.Length} bytes");
            case Message.Eof when !_hash.GetCurrentHash().AsSpan().SequenceEqual(part.Eof.Sha256Checksum.Span):
                throw new RpcException(new Status(StatusCode.DataLoss, "the digest is of something else"));
            case Message.Eof:
                _isComplete = true;
                break;
            default:
                throw Refusal($"{part.MsgCase} after the first message");
        }
    }

    /// <exception cref="RpcException">The end is missing.</exception>
    public async Task<Upload> CompleteAsync(string hostId, string taskId, CancellationToken cancellationToken)
    {
        if (!_isComplete)
        {
            throw Refusal("no end");
        }

        await _file.FlushAsync(cancellationToken);
        return new()
        {
            TaskId = taskId,
            HostId = hostId,
            Kind = Kind(),
            Path = _file.Name,
            Length = Length,
            Chunks = [.. _chunks],
        };
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }

    public static RpcException Refusal(string what) => new(new Status(StatusCode.InvalidArgument, $"upload: {what}"));

    private UploadKind Kind()
    {
        Span<byte> magic = stackalloc byte[5];
        _file.Position = 0;
        magic = magic[.._file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
        return magic.SequenceEqual("C1ZF\0"u8) || magic.SequenceEqual("C1Z3\0"u8) ? UploadKind.C1z
            : magic.IsEmpty || magic[0] == '{' ? UploadKind.DebugLog
            : UploadKind.Unknown;
    }
}
