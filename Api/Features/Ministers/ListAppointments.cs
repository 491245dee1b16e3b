using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>What both lists of appointments understand.</summary>
public abstract record AppointmentsQuery : RecordListQuery, IRequest<Page>
{
    /// <summary>Only appointments to this post.</summary>
    [FromQuery, StringLength(Slug.MaxLength)]
    public IReadOnlyList<string>? Post { get; init; }

    /// <summary>Only those that may have held on this day, at the widest reading of their dates.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    /// <summary>True for those who only stand in for a holder, false for full holders.</summary>
    [FromQuery]
    public bool? Acting { get; init; }

    /// <summary>Only those that may have held on this day or later.</summary>
    [FromQuery]
    public DateOnly? From { get; init; }

    /// <summary>Only those that may have held by this day.</summary>
    [FromQuery]
    public DateOnly? Until { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "from", "until"];

    internal override IReadOnlyList<Form> Forms => [.. base.Forms, Form.JsonLd];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);

    internal ListRequest ToRequest(IReadOnlyList<string>? ministers) =>
        ToRequest(
            ("Minister", Several.Small(ministers)),
            ("Post", Several.Small(Post)),
            ("On", On),
            ("From", From),
            ("Until", Until),
            ("Acting", Acting is { } acting ? (acting ? 1 : 0) : null)
        );
}

/// <summary>Lists appointments of all ministers.</summary>
public sealed record ListAppointments : AppointmentsQuery
{
    /// <summary>Only appointments of this minister.</summary>
    [FromQuery, StringLength(Slug.MaxLength)]
    public IReadOnlyList<string>? Minister { get; init; }
}

internal sealed class ListAppointmentsHandler(AppointmentReads appointments) : IRequestHandler<ListAppointments, Page>
{
    public async Task<Page> Handle(ListAppointments request, CancellationToken cancellationToken)
    {
        var page = await appointments.ListAsync(request.ToRequest(request.Minister), cancellationToken);
        return request.ToPage(page, row => row.Record);
    }
}
