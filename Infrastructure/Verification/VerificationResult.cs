namespace Registry.Infrastructure.Verification;

/// <summary>What a verification has found.</summary>
/// <param name="Findings">
/// The findings, each a sentence that names the table and the record; at most <see cref="MaxFindings"/>.
/// </param>
/// <param name="Changes">The number of changes on record.</param>
/// <param name="Records">The number of current records.</param>
/// <param name="Note">What was not verified, in a sentence, or null when everything was.</param>
public sealed record VerificationResult(IReadOnlyList<string> Findings, long Changes, long Records, string? Note)
{
    /// <summary>The maximum number of findings. A damaged page can have thousands of rows.</summary>
    public const int MaxFindings = 1000;

    /// <summary>True when nothing was found.</summary>
    public bool IsSound => Findings.Count == 0;
}

/// <summary>Collects findings, up to their maximum.</summary>
internal sealed class FindingList
{
    /// <summary>The maximum number of findings of one check, so that one kind of damage does not hide the others.</summary>
    public const int MaxOfCheck = 100;

    private readonly List<string> _findings = [];

    public IReadOnlyList<string> All => _findings;

    /// <summary>Adds the findings of one check.</summary>
    public void Add(IEnumerable<string> findings) =>
        _findings.AddRange(findings.Take(Math.Min(MaxOfCheck, VerificationResult.MaxFindings - _findings.Count)));

    /// <summary>Adds one finding.</summary>
    public void Add(string finding) => Add([finding]);
}
