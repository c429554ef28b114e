using Baton.Configuration;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Where the password of a new account comes from, and who gets it, as the settings say.</summary>
internal sealed record PasswordDelivery
{
    private const string FileSetting = "create-account-password-file";
    private const string RecipientSetting = "create-account-recipient";
    private const string InputSetting = "create-account-password-stdin";

    /// <summary>The file for it; null for none.</summary>
    public string? File { get; init; }

    /// <summary>As the user wrote them.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The password is given, on standard input.</summary>
    public bool IsGiven { get; init; }

    /// <summary>Somebody wants to know the password, or knows it already.</summary>
    public bool IsAsked => File is not null || Recipients.Count > 0 || IsGiven;

    /// <exception cref="ConfigurationException">The settings contradict each other.</exception>
    public static PasswordDelivery From(ResolvedConfiguration configuration)
    {
        var delivery = new PasswordDelivery
        {
            File = configuration.IsSet(FileSetting) ? configuration.GetString(FileSetting) : null,
            Recipients = configuration.GetStrings(RecipientSetting),
            IsGiven = configuration.GetBoolean(InputSetting),
        };
        return delivery switch
        {
            { File: "" } => throw new ConfigurationException($"{FileSetting} must be the path of a new file"),
            { IsGiven: true, File: not null } or { IsGiven: true, Recipients.Count: > 0 } => throw new ConfigurationException(
                $"--{InputSetting} goes without --{FileSetting} and --{RecipientSetting}: whoever gives the password has it"),
            _ => delivery,
        };
    }
}
