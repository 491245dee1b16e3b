using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.Changes;
using Registry.Api.Http.Lists;
using Registry.Domain.Search;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>Search records.</summary>
/// <remarks>
/// Finds records by any of their names, in every language and script: official, short and former names, acronyms,
/// titles, aliases, codes and identifiers. Case, accents and word order do not matter, and the beginning of a word is
/// enough. When no record has all the words, records with similar names are suggested.
/// </remarks>
public sealed record SearchNames : Question, IValidatableObject, IRequest<SearchAnswer>
{
    internal const int DefaultLimit = 20;
    internal const int MaxQueryLength = 100;

    /// <summary>The search text: 1 to 100 characters, at least one of them a letter or a digit.</summary>
    [FromQuery, Required, StringLength(MaxQueryLength, MinimumLength = 1)]
    public string? Q { get; init; }

    /// <summary>Only records of these collections, separated by commas: states,forums.</summary>
    [FromQuery, StringLength(200)]
    public string? Types { get; init; }

    /// <summary>The maximum number of records, 1 to 50.</summary>
    [FromQuery, Range(1, 50), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Q is { Length: > 0 and <= MaxQueryLength } && FoldedText.Of(Q).IsEmpty)
        {
            yield return new ValidationResult("It has at least one letter or digit.", ["q"]);
        }

        if (Types is not null && !SearchedTypes.Read(Types).All(SearchReads.Collections.Contains))
        {
            yield return new ValidationResult(SearchedTypes.Sentence, ["types"]);
        }
    }
}

/// <summary>The records found, in order of relevance.</summary>
public sealed record SearchAnswer
{
    /// <summary>The records found, each once, by its best matching name.</summary>
    public required IReadOnlyList<SearchHit> Items { get; init; }

    /// <summary>
    /// When nothing was found, the records with similar names, as <c>POST /v1/match</c> returns them, most likely
    /// first; absent when something was found, or no name is similar.
    /// </summary>
    public IReadOnlyList<Candidate>? Suggestions { get; init; }
}

/// <summary>A record found by one of its names.</summary>
public sealed record SearchHit
{
    /// <summary>The collection of the record.</summary>
    public required string Type { get; init; }

    /// <summary>The id of the record in its collection; CICA/secretariat for a body.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown in lists.</summary>
    public required string Name { get; init; }

    /// <summary>The name that was found.</summary>
    public required MatchedName Matched { get; init; }

    /// <summary>True when the matched name is no longer in use; absent otherwise.</summary>
    public bool? Former { get; init; }

    /// <summary>
    /// The relevance, 0 to 1. A match of the whole name ranks before an acronym, code or identifier, then all words,
    /// then beginnings of words; current names rank before former ones, short names before long ones.
    /// </summary>
    public required double Score { get; init; }

    /// <summary>The address of the record.</summary>
    public required string Path { get; init; }

    internal static SearchHit Of(NameHit hit) =>
        new()
        {
            Type = hit.Collection,
            Id = hit.Id,
            Name = hit.Display,
            Matched = MatchedName.Of(hit),
            Former = hit.Former ? true : null,
            Score = hit.Score,
            Path = ChangeRoutes.AddressOf(hit.Collection, hit.Id),
        };
}

/// <summary>A name of a record.</summary>
public sealed record MatchedName
{
    /// <summary>The name.</summary>
    public required string Text { get; init; }

    /// <summary>Its language, as a BCP 47 tag; absent for codes and identifiers.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The kind of name: official, short, former, acronym or alias; code, symbol, identifier, or id. Absent when there
    /// is only one kind.
    /// </summary>
    public string? Kind { get; init; }

    internal static MatchedName Of(NameHit hit) =>
        new()
        {
            Text = hit.Name,
            Language = hit.Language,
            Kind = hit.Kind,
        };
}

/// <summary>The parameter that names collections.</summary>
internal static class SearchedTypes
{
    public static string Sentence => $"Each value is one of {string.Join(", ", SearchReads.Collections)}.";

    public static IReadOnlyList<string> Read(string? types) =>
        types is null ? [] : [.. types.Split(',').Distinct(StringComparer.Ordinal)];
}

internal sealed class SearchNamesHandler(SearchReads search, MatchReads matches, TimeProvider clock)
    : IRequestHandler<SearchNames, SearchAnswer>
{
    private const int MaxSuggestions = 5;

    public async Task<SearchAnswer> Handle(SearchNames request, CancellationToken cancellationToken)
    {
        var question = new SearchQuestion(
            request.Q!,
            SearchedTypes.Read(request.Types),
            request.Limit ?? SearchNames.DefaultLimit,
            clock.Today()
        );
        var hits = await search.FindAsync(question, request.KnownAt, cancellationToken);
        return new SearchAnswer
        {
            Items = [.. hits.Select(SearchHit.Of)],
            Suggestions = hits.Count > 0 ? null : await SuggestAsync(question, request.KnownAt, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<Candidate>?> SuggestAsync(
        SearchQuestion question,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    )
    {
        var like = new MatchQuestion
        {
            Name = question.Text,
            Collections = question.Collections,
            Limit = Math.Min(question.Limit, MaxSuggestions),
        };
        var candidates = (await matches.MatchAsync([like], question.Today, knownAt, cancellationToken))[0];
        return candidates.Count == 0 ? null : [.. candidates.Select(Candidate.Of)];
    }
}
