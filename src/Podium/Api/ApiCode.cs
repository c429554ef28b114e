namespace Podium.Api;

/// <summary>The numbers of gRPC, which clients of this API family read in the body of an error.</summary>
internal enum ApiCode
{
    InvalidArgument = 3,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

internal static class ApiCodeExtensions
{
    /// <summary>As the gateway of gRPC maps them.</summary>
    public static int HttpStatus(this ApiCode code) => code switch
    {
        ApiCode.InvalidArgument or ApiCode.FailedPrecondition => StatusCodes.Status400BadRequest,
        ApiCode.NotFound => StatusCodes.Status404NotFound,
        ApiCode.AlreadyExists => StatusCodes.Status409Conflict,
        ApiCode.PermissionDenied => StatusCodes.Status403Forbidden,
        ApiCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        ApiCode.Unimplemented => StatusCodes.Status501NotImplemented,
        ApiCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ApiCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        _ => StatusCodes.Status500InternalServerError,
    };
}
