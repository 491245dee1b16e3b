namespace Registry.Api.Features.Meetings;

/// <summary>What a code in a parameter names, by its shape.</summary>
internal static class SubjectCodes
{
    /// <summary>The shape of the code of a state, a forum or a body, or of the id of a minister.</summary>
    public const string SubjectPattern = "^([A-Z][A-Z0-9-]{1,15}(/[a-z][a-z0-9-]{1,63})?|[a-z0-9]+([.-][a-z0-9]+)*)$";

    public const string SubjectSentence =
        "The code of a state or forum, of a body such as CICA/secretariat, or the id of a minister.";

    /// <summary>The shape of a body's code, with that of its forum or without.</summary>
    public const string BodyPattern = "^([A-Z][A-Z0-9-]{1,15}/)?[a-z][a-z0-9-]{1,63}$";

    public const string BodySentence = "The code of a body, such as summit or CICA/summit.";
}

/// <summary>A body as a parameter names it: by its id, or by its code in whatever forum.</summary>
/// <param name="Id">The code with that of the forum.</param>
/// <param name="Code">The code alone, where the forum is not known.</param>
internal readonly record struct BodyNamed(string? Id, string? Code)
{
    /// <summary>The body of the forum in its code, or else of the forum given, or else of any.</summary>
    public static BodyNamed Of(string? body, string? forum) =>
        body is null ? default
        : body.Contains('/', StringComparison.Ordinal) ? new(body, null)
        : forum is not null ? new($"{forum}/{body}", null)
        : new(null, body);
}
