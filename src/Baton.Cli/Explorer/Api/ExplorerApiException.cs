using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>A request that cannot be answered. Code and message go into the answer.</summary>
internal sealed class ExplorerApiException : Exception
{
    private ExplorerApiException(int status, string code, string message)
        : base(message)
    {
        Status = status;
        Code = code;
    }

    public int Status { get; }

    public string Code { get; }

    public static ExplorerApiException BadRequest(string message) => new(StatusCodes.Status400BadRequest, "bad_request", message);

    public static ExplorerApiException NotFound(string message) => new(StatusCodes.Status404NotFound, "not_found", message);
}
