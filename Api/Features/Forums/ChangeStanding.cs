using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Forums;

/// <summary>Record a change of standing.</summary>
/// <remarks>Records that the member accedes, is suspended, freezes or resumes its membership, or withdraws.</remarks>
public sealed record ChangeStanding : IRequest<StoredRecord>
{
    /// <summary>The id of the membership.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The step and its date.</summary>
    [FromBody, Required]
    public StepModel? Model { get; init; }
}

internal sealed class ChangeStandingHandler(Ledger ledger, MembershipStore memberships)
    : IRequestHandler<ChangeStanding, StoredRecord>
{
    public Task<StoredRecord> Handle(ChangeStanding request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => memberships.StepAsync(session, request.Id, request.IfMatch, request.Model!),
            cancellationToken
        );
}
