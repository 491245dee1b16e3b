namespace Registry.Api.Features.Meetings;

/// <summary>The formats of codes in parameters that name subjects of different kinds.</summary>
internal static class SubjectCodes
{
    /// <summary>The pattern of the code of a state, a forum or a body, or of the id of a minister.</summary>
    public const string SubjectPattern = "^([A-Z][A-Z0-9-]{1,15}(/[a-z][a-z0-9-]{1,63})?|[a-z0-9]+([.-][a-z0-9]+)*)$";

    public const string SubjectSentence =
        "It is the code of a state, of a forum or of a body such as CICA/secretariat, or the id of a minister.";

    /// <summary>The pattern of the code of a body, with or without the code of its forum.</summary>
    public const string BodyPattern = "^([A-Z][A-Z0-9-]{1,15}/)?[a-z][a-z0-9-]{1,63}$";

    public const string BodySentence = "It is the code of a body, such as summit or CICA/summit.";
}

/// <summary>The body named by a parameter: by its id, or by its code in any forum.</summary>
/// <param name="Id">The id: the code of the forum and the code of the body.</param>
/// <param name="Code">The code alone, when no forum is named.</param>
internal readonly record struct BodyNamed(string? Id, string? Code)
{
    /// <summary>Resolves the body in the forum named by its code, otherwise in the given forum, otherwise in any forum.</summary>
    public static BodyNamed Of(string? body, string? forum) =>
        body is null ? default
        : body.Contains('/', StringComparison.Ordinal) ? new(body, null)
        : forum is not null ? new($"{forum}/{body}", null)
        : new(null, body);
}
