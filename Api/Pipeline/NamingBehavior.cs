using System.Reflection;
using MediatR;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Pipeline;

/// <summary>
/// Puts names into a response: those valid on its date, in the requested languages. Stored records have the latest
/// names in English, so a response that shows those is passed on unchanged.
/// </summary>
internal sealed class NamingBehavior<TRequest, TResponse>(Inclusions records, TimeProvider clock)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly PropertyInfo? On = typeof(TRequest).GetProperty("On");

    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        var response = await next();
        if (request is not INamed named || named.Item is null)
        {
            return response;
        }

        if (named.Lang is not null && !ShownNames.AreIn(named.Item))
        {
            throw InvalidRequestException.Of("lang", "This operation has no names in several languages.");
        }

        var languages = Languages.Of(named);
        var day = Day(request);
        if (languages.Count == 0 && (day is null || day == clock.Today()))
        {
            return response;
        }

        var names = new ShownNames(
            named.Item,
            languages,
            day ?? (ShownNames.IsRecord(named.Item) ? null : clock.Today())
        );
        switch (response)
        {
            case Page { Items: var items } page:
                await names.LearnAsync(records, items, KnownAt(), cancellationToken);
                return (TResponse)(object)(page with { Items = [.. items.Select(names.ShowIn)] });
            case StoredRecord stored:
                var shown = names.ShowIn(stored.Record);
                return shown == stored.Record
                    ? response
                    : (TResponse)(object)(stored with { Record = shown, Languages = Languages.TagOf(languages) });
            default:
                return response;
        }

        DateTimeOffset? KnownAt() => (request as Question)?.KnownAt;
    }

    /// <summary>The date of the response: the last day of a month or a year; null when none was requested.</summary>
    private static DateOnly? Day(TRequest request) =>
        On?.GetValue(request) switch
        {
            DateOnly day => day,
            PartialDate date => date.LastDay,
            _ => null,
        };
}
