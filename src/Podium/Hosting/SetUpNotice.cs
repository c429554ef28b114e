using Podium.SignIn;

namespace Podium.Hosting;

/// <summary>Says at each start how the first person gets in, until somebody did.</summary>
internal static class SetUpNotice
{
    /// <returns>The link; null when there is a Super Administrator.</returns>
    public static async Task<Uri?> MakeAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var token = await services.GetRequiredService<SetUp>().NewLinkAsync(cancellationToken);
        return token is { } link ? new(services.GetRequiredService<ServerOptions>().PublicUrl, $"/set-up/{link.Text}") : null;
    }
}
