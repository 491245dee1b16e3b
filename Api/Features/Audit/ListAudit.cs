using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Audit;

/// <summary>List the audit log.</summary>
/// <remarks>
/// Every write, every change of a key, and every refused write and failed authentication: who, when, from where, and what
/// came of it. The last entry comes first. Entries are never changed, and are deleted at the end of their retention (setting
/// Audit:Days).
/// </remarks>
public sealed record ListAudit : PresentListQuery, IRequest<Page>
{
    /// <summary>Only entries about this action.</summary>
    [FromQuery]
    public AuditAction? Action { get; init; }

    /// <summary>Only entries of this actor, as the history shows it.</summary>
    [FromQuery, StringLength(100)]
    public string? Actor { get; init; }

    /// <summary>Only entries of the key with this id, or of a token: <c>token:</c> with its subject.</summary>
    [FromQuery, StringLength(100)]
    public string? Key { get; init; }

    /// <summary>Only entries of the request with this id, the member traceId of a problem document.</summary>
    [FromQuery, StringLength(100)]
    public string? Request { get; init; }

    /// <summary>Only entries at this instant or later (RFC 3339).</summary>
    [FromQuery]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only entries before this instant (RFC 3339).</summary>
    [FromQuery]
    public DateTimeOffset? Before { get; init; }

    internal override IReadOnlyList<string> Sorts => ["at"];

    internal override string DefaultSort => "-at";
}

internal sealed class ListAuditHandler(AuditStore audit) : IRequestHandler<ListAudit, Page>
{
    public async Task<Page> Handle(ListAudit request, CancellationToken cancellationToken)
    {
        var page = await audit.ListAsync(
            request.ToRequest(
                new AuditFilters
                {
                    Action = request.Action is { } action ? Words.Of(action) : null,
                    Actor = request.Actor,
                    Key = request.Key,
                    Request = request.Request,
                    Since = request.Since,
                    Before = request.Before,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.ToJson());
    }
}
