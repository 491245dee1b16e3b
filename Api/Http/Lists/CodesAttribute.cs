using System.ComponentModel.DataAnnotations;

namespace Registry.Api.Http.Lists;

/// <summary>The kind of code in a parameter.</summary>
internal enum CodeKind
{
    /// <summary>Forums, by their letters.</summary>
    Forum,

    /// <summary>States, by ISO 3166-1 alpha-3.</summary>
    State,

    /// <summary>States or forums.</summary>
    Party,

    /// <summary>Bodies, by the code of the forum and their own.</summary>
    Body,

    /// <summary>Records without a code, by their ids.</summary>
    Id,

    /// <summary>States, by a code of any system.</summary>
    AnySystem,
}

/// <summary>
/// Validates a parameter that names records by code or id. A value that cannot be a code is refused: as a filter it
/// would find nothing without an explanation. Case is ignored, except in the codes of bodies.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CodesAttribute : RegularExpressionAttribute
{
    private const string NoExclusion = "Values cannot be excluded with !.";

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
            CodeKind.Forum => "The code of a forum: 2 to 16 of A-Z, 0-9 and '-', starting with a letter.",
            CodeKind.State => "The code of a state: three letters (ISO 3166-1 alpha-3), such as KAZ.",
            CodeKind.Party => "The code of a state or a forum, such as KAZ or CICA.",
            CodeKind.Body => "The code of a body with that of its forum, such as CICA/secretariat.",
            CodeKind.Id => "An id: 2 to 100 of a-z and 0-9, with '-' or '.' between them.",
            _ => "The code of a state in any system, such as KZ, KAZ, 398 or Q232.",
        };
}
