namespace Registry.Api.Http;

/// <summary>The media types the registry speaks.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>RFC 7396.</summary>
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>RFC 9457.</summary>
    public const string Problem = "application/problem+json";
}

/// <summary>The body is of a media type that this operation does not read.</summary>
internal sealed class UnsupportedMediaTypeException(string accepted, bool isPatch)
    : Exception($"Send the body as {accepted}, in UTF-8.")
{
    public string Accepted { get; } = accepted;

    public bool IsPatch { get; } = isPatch;
}

/// <summary>The caller accepts none of the media types that this operation can answer in.</summary>
internal sealed class NotAcceptableException(string offered) : Exception($"This operation answers in {offered}.");
