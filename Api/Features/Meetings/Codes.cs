namespace Registry.Api.Features.Meetings;

/// <summary>What a code in a parameter names, by its shape.</summary>
internal static class Codes
{
    /// <summary>The shape of the code of a state, a forum or a body, or of the id of a minister.</summary>
    public const string SubjectPattern = "^([A-Z][A-Z0-9-]{1,15}(/[a-z][a-z0-9-]{1,63})?|[a-z0-9]+([.-][a-z0-9]+)*)$";

    public const string SubjectSentence =
        "The code of a state or forum, of a body such as CICA/secretariat, or the id of a minister.";

    /// <summary>The shape of a body's code, with that of its forum or without.</summary>
    public const string BodyPattern = "^([A-Z][A-Z0-9-]{1,15}/)?[a-z][a-z0-9-]{1,63}$";

    public const string BodySentence = "The code of a body, such as summit or CICA/summit.";

    /// <summary>The condition on the subjects that an outcome names in a role.</summary>
    public static (string Name, object? Value) Subject(string role, string? code) =>
        code switch
        {
            null => (role, null),
            // Three capital letters may name a state or a forum.
            { Length: 3 } when char.IsAsciiLetterUpper(code[0]) => (role, code),
            _ when code.Contains('/', StringComparison.Ordinal) => ($"{role}Body", code),
            _ when char.IsAsciiLetterUpper(code[0]) => ($"{role}Forum", code),
            _ => ($"{role}Minister", code),
        };

    /// <summary>The condition on a body: of the forum said, or of that in its code, or of any.</summary>
    public static (string Name, object? Value) Body(string? body, string? forum) =>
        body switch
        {
            null => ("Body", null),
            _ when body.Contains('/', StringComparison.Ordinal) => ("Body", body),
            _ when forum is not null => ("Body", $"{forum}/{body}"),
            _ => ("BodyCode", body),
        };
}
