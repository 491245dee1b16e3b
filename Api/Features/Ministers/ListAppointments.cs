using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.LinkedData;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Ministers;

/// <summary>The parameters of both lists of appointments.</summary>
public abstract record AppointmentsQuery : RecordListQuery, IRequest<Page>
{
    /// <summary>Only appointments to this post.</summary>
    [FromQuery, StringLength(Slug.MaxLength), Codes(CodeKind.Id)]
    public IReadOnlyList<string>? Post { get; init; }

    /// <summary>Only those that may have held on this day, or on a day of this month or year, at the widest reading of their own dates.</summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>True for acting holders, false for full holders.</summary>
    [FromQuery]
    public bool? Acting { get; init; }

    /// <summary>Only those that may have held on this day or later: a month or a year counts from its first day.</summary>
    [FromQuery]
    public PartialDate? From { get; init; }

    /// <summary>Only those that may have held on this day or earlier: a month or a year counts to its last day.</summary>
    [FromQuery]
    public PartialDate? Until { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "from", "until"];

    internal override IReadOnlyList<ResponseFormat> Formats => [.. base.Formats, Popolo.Format];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);

    internal ListRequest ToRequest(IReadOnlyList<string>? ministers) =>
        ToRequest(
            new AppointmentFilters
            {
                Minister = MultiValueParameters.ToLowerIds(ministers),
                Post = MultiValueParameters.ToLowerIds(Post),
                On = Days.Of(On),
                Within = DaySpan.Between(From, Until),
                Acting = Acting,
            }
        );
}

/// <summary>List appointments.</summary>
/// <remarks>Covers all ministers.</remarks>
public sealed record ListAppointments : AppointmentsQuery
{
    /// <summary>Only appointments of this minister.</summary>
    [FromQuery, StringLength(Slug.MaxLength), Codes(CodeKind.Id)]
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
