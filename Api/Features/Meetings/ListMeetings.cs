using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.Meetings.Calendar;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Meetings;
using Registry.Domain.States;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Meetings;

/// <summary>The parameters of both lists of meetings.</summary>
public abstract record MeetingsQuery : RecordListQuery, IRequest<Page>
{
    /// <summary>Only meetings of this body: its code, alone or with that of its forum (CICA/summit).</summary>
    [FromQuery, RegularExpression(SubjectCodes.BodyPattern, ErrorMessage = SubjectCodes.BodySentence)]
    public string? Body { get; init; }

    /// <summary>Only meetings at this level.</summary>
    [FromQuery]
    public IReadOnlyList<MeetingKind>? Kind { get; init; }

    /// <summary>Only meetings of this format: regular, special or informal.</summary>
    [FromQuery]
    public IReadOnlyList<MeetingFormat>? MeetingFormat { get; init; }

    /// <summary>Only meetings with this status.</summary>
    [FromQuery]
    public IReadOnlyList<MeetingStatus>? Status { get; init; }

    /// <summary>Only meetings in the state with this code.</summary>
    [FromQuery, RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    public IReadOnlyList<string>? Country { get; init; }

    /// <summary>Only meetings hosted by the state with this code.</summary>
    [FromQuery, RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    public IReadOnlyList<string>? Host { get; init; }

    /// <summary>Only meetings chaired by the state with this code, as recorded at the meeting.</summary>
    [FromQuery, RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    public IReadOnlyList<string>? Chair { get; init; }

    /// <summary>Only meetings on the margins of the meeting with this id.</summary>
    [FromQuery, StringLength(Slug.MaxLength), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? OnMarginsOf { get; init; }

    /// <summary>
    /// Only meetings that may have been under way on this day, or on a day of this month or year: from starts to ends, at
    /// the widest reading of the dates.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>
    /// Only meetings that may have been under way on this day or later: a month or a year counts from its first day.
    /// </summary>
    [FromQuery]
    public PartialDate? From { get; init; }

    /// <summary>
    /// Only meetings that may have been under way on this day or earlier: a month or a year counts to its last day.
    /// </summary>
    [FromQuery]
    public PartialDate? Until { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "date", "name"];

    internal override IReadOnlyList<ResponseFormat> Formats => [.. base.Formats, MeetingCalendar.Format];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);

    internal ListRequest ToRequest(IReadOnlyList<string>? forums)
    {
        var body = BodyNamed.Of(Body, MultiValueParameters.Single(forums));
        return ToRequest(
            new MeetingFilters
            {
                Forum = forums,
                Body = body.Id,
                BodyCode = body.Code,
                Kind = MultiValueParameters.ToWords(Kind),
                Format = MultiValueParameters.ToWords(MeetingFormat),
                Status = MultiValueParameters.ToWords(Status),
                Country = Country,
                Host = Host,
                Chair = Chair,
                OnMarginsOf = OnMarginsOf,
                On = Days.Of(On),
                Within = DaySpan.Between(From, Until),
            }
        );
    }
}

/// <summary>List meetings.</summary>
/// <remarks>Covers all forums.</remarks>
public sealed record ListMeetings : MeetingsQuery
{
    /// <summary>Only meetings of the forum with this code and of its bodies.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }
}

internal sealed class ListMeetingsHandler(MeetingReads meetings) : IRequestHandler<ListMeetings, Page>
{
    public async Task<Page> Handle(ListMeetings request, CancellationToken cancellationToken)
    {
        var page = await meetings.ListAsync(
            request.ToRequest(MultiValueParameters.ToUpperCodes(request.Forum)),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
