using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Reconcile the member count of a forum.</summary>
/// <remarks>
/// Compares the latest declared count with the members on record, and lists what explains the difference.
/// </remarks>
public sealed record ReconcileForum : Question, IRequest<ReconciliationModel>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute(Name = "forum"), UpperCase]
    public string Code { get; init; } = "";

    /// <summary>
    /// The day on which members are counted: the last day of a month or a year; today (UTC) when absent.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>The standing to count; member when absent.</summary>
    [FromQuery]
    public StandingKind? Standing { get; init; }
}

internal sealed class ReconcileForumHandler(Reconciliations reconciliations, TimeProvider clock)
    : IRequestHandler<ReconcileForum, ReconciliationModel>
{
    public Task<ReconciliationModel> Handle(ReconcileForum request, CancellationToken cancellationToken) =>
        reconciliations.ReconcileAsync(
            request.Code,
            request.On?.LastDay ?? clock.Today(),
            request.Standing ?? StandingKind.Member,
            request.KnownAt,
            cancellationToken
        );
}
