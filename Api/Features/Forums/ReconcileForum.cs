using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Holds the latest declared count of a forum against the members on record, and tells what explains it.</summary>
public sealed record ReconcileForum : Question, IRequest<ReconciliationDocument>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute(Name = "forum"), Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    /// <summary>The day on which members are counted, of a month or a year its last one; today (UTC) when absent.</summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>The standing to count; member when absent.</summary>
    [FromQuery]
    public StandingKind? Standing { get; init; }
}

internal sealed class ReconcileForumHandler(Reconciliations reconciliations, TimeProvider clock)
    : IRequestHandler<ReconcileForum, ReconciliationDocument>
{
    public Task<ReconciliationDocument> Handle(ReconcileForum request, CancellationToken cancellationToken) =>
        reconciliations.ReconcileAsync(
            request.Code,
            request.On?.LastDay ?? clock.Today(),
            request.Standing ?? StandingKind.Member,
            request.KnownAt,
            cancellationToken
        );
}
