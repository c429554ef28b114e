using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Hosting;

namespace Podium.Connectors.Uploads;

/// <summary>Uploads as rows, where any replica may be the one that applies them, and the one that took them in may be gone by then.</summary>
internal sealed class ChunkUploads(Database database, DataFolder folder, TimeProvider clock) : IUploadStore
{
    private const int ChunkSize = 1024 * 1024;

    /// <summary>Rows that no upload names are another replica's, still coming, until they are this old.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    public IUploadWriter Begin() => new Writer(this);

    public async Task<StoredFile> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var file = new StoredFile(Path.Combine(folder.Uploads, $"{name}-{Guid.NewGuid():N}"), IsTemporary: true);
        try
        {
            await using var stream = new FileStream(file.Path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            await using var context = database.Open();
            for (var number = 0; ; number++)
            {
                var data = await context.Set<UploadChunk>()
                    .Where(chunk => chunk.Name == name && chunk.Number == number).Select(chunk => chunk.Data).FirstOrDefaultAsync(cancellationToken);
                if (data is null)
                {
                    return file;
                }

                await stream.WriteAsync(data, cancellationToken);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public Task EraseAsync(string name, CancellationToken cancellationToken) => database.WriteAsync(
        async context => { await context.Set<UploadChunk>().Where(chunk => chunk.Name == name).ExecuteDeleteAsync(cancellationToken); },
        cancellationToken);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = clock.Now() - Abandoned;
        await database.WriteAsync(
            async context =>
            {
                await context.Set<UploadChunk>()
                    .Where(chunk => chunk.WrittenAt < before && !context.Set<Upload>().Any(upload => upload.Name == chunk.Name && upload.ErasedAt == null))
                    .ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
    }

    private sealed class Writer(ChunkUploads uploads) : IUploadWriter
    {
        private readonly MemoryStream _pending = new(ChunkSize);
        private int _written;
        private bool _isKept;

        public string Name { get; } = Guid.NewGuid().ToString("N");

        public async Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            while (data.Length > 0)
            {
                var part = data[..Math.Min(data.Length, ChunkSize - (int)_pending.Length)];
                _pending.Write(part.Span);
                data = data[part.Length..];
                if (_pending.Length == ChunkSize)
                {
                    await FlushAsync(cancellationToken);
                }
            }
        }

        public async Task KeepAsync(CancellationToken cancellationToken)
        {
            if (_pending.Length > 0)
            {
                await FlushAsync(cancellationToken);
            }

            _isKept = true;
        }

        public async ValueTask DisposeAsync()
        {
            await _pending.DisposeAsync();
            if (!_isKept && _written > 0)
            {
                await uploads.EraseAsync(Name, CancellationToken.None);
            }
        }

        private async Task FlushAsync(CancellationToken cancellationToken)
        {
            var chunk = new UploadChunk { Name = Name, Number = _written, Data = _pending.ToArray(), WrittenAt = uploads.Clock.Now() };
            await uploads.Database.WriteAsync(context => Task.FromResult(context.Add(chunk)), cancellationToken);
            _written++;
            _pending.SetLength(0);
        }
    }

    private Database Database => database;

    private TimeProvider Clock => clock;
}
