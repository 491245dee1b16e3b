using System.ComponentModel.DataAnnotations;

namespace Registry.Api.Http.Lists;

/// <summary>The kind of code in a parameter.</summary>
internal enum CodeKind
{
    /// <summary>Forums, by code.</summary>
    Forum,

    /// <summary>States, by ISO 3166-1 alpha-3 code.</summary>
    State,

    /// <summary>States or forums.</summary>
    Party,

    /// <summary>Bodies, by the code of the forum and of the body.</summary>
    Body,

    /// <summary>Records without a code, by their ids.</summary>
    Id,

    /// <summary>States, by a code of any system.</summary>
    AnySystem,
}

/// <summary>
/// Validates a parameter that names records by code or id. A malformed code is refused, because as a filter it would return an
/// empty list without an explanation. Case is ignored, except in the codes of bodies.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CodesAttribute : RegularExpressionAttribute
{
    private const string NoExclusion = "A value cannot be excluded with !.";

    public CodesAttribute(CodeKind kind)
        : base(PatternOf(kind)) => ErrorMessage = $"{SentenceOf(kind)} {NoExclusion}";

    private static string PatternOf(CodeKind kind) =>
        kind switch
        {
            CodeKind.Forum or CodeKind.Party => "^[A-Za-z][A-Za-z0-9-]{1,15}$",
            CodeKind.State => "^[A-Za-z]{3}$",
            CodeKind.Body => "^[A-Z][A-Z0-9-]{1,15}/[a-z][a-z0-9-]{1,63}$",
            CodeKind.Id => "^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$",
            _ => "^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$",
        };

    private static string SentenceOf(CodeKind kind) =>
        kind switch
        {
            CodeKind.Forum =>
                "Each value is the code of a forum: 2 to 16 characters of A-Z, 0-9 and '-', starting with a letter.",
            CodeKind.State => "Each value is the code of a state: three letters, such as KAZ (ISO 3166-1 alpha-3).",
            CodeKind.Party => "Each value is the code of a state or a forum, such as KAZ or CICA.",
            CodeKind.Body => "It is the code of a forum and the code of its body, such as CICA/secretariat.",
            CodeKind.Id => "Each value is an id: 2 to 100 characters of a-z and 0-9, with '-' or '.' between them.",
            _ => "Each value is the code of a state in any system, such as KZ, KAZ, 398 or Q232.",
        };
}
