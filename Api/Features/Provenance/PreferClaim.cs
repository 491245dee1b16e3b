using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Domain;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Provenance;

/// <summary>Prefer a claim.</summary>
/// <remarks>
/// The record takes the value of the claim, by the rules of any correction. The claim that was preferred before stays
/// as a rival.
/// </remarks>
public sealed record PreferClaim : IRequest<StoredRecord>
{
    /// <summary>The id of the claim.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version of the claim; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The reason for the preference; optional.</summary>
    [FromBody]
    public PreferenceModel? Model { get; init; }
}

internal sealed class PreferClaimHandler(Ledger ledger, ClaimStore claims, RecordStores stores)
    : IRequestHandler<PreferClaim, StoredRecord>
{
    public Task<StoredRecord> Handle(PreferClaim request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => PreferAsync(session, request), cancellationToken);

    private async Task<StoredRecord> PreferAsync(WriteSession session, PreferClaim request)
    {
        var loaded = await claims.GetAsync(session, request.Id);
        request.IfMatch.CheckIfSaid("claim", request.Id, loaded.Version);
        var claim = loaded.Aggregate;
        if (claim.Standing.Rival)
        {
            var (collection, subject) = claim.Facts.Subject;
            try
            {
                await stores
                    .Of(collection)
                    .CorrectAsync(session, subject, ExpectedVersion.Any, record => claims.Applied(record, claim));
            }
            catch (IllegalValueException illegal)
            {
                // The request itself is valid, but the record cannot take the value of the claim.
                throw new RuleBrokenException("claim-does-not-fit", illegal.Message);
            }
        }

        return await claims.PreferAsync(session, request.Id, request.Model?.Reason);
    }
}
