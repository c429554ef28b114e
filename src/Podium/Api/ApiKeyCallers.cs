using Podium.SignIn;

namespace Podium.Api;

internal sealed class ApiKeyCallers
{
    public Task<Caller?> FindAsync(HttpContext context, CancellationToken cancellationToken) => Task.FromResult<Caller?>(null);
}
