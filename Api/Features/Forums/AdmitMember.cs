using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Forums;

/// <summary>Admit a member.</summary>
/// <remarks>Admits a state or a forum to the forum, with its first standing.</remarks>
public sealed record AdmitMember : IRequest<StoredRecord>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";

    /// <summary>The party, its standing and the start.</summary>
    [FromBody, Required]
    public AdmissionModel? Model { get; init; }
}

internal sealed class AdmitMemberHandler(Ledger ledger, MembershipStore memberships)
    : IRequestHandler<AdmitMember, StoredRecord>
{
    public Task<StoredRecord> Handle(AdmitMember request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => memberships.AdmitAsync(session, request.Forum, request.Model!), cancellationToken);
}
