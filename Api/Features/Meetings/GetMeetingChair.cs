using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>The chair of a meeting, as far as known.</summary>
public sealed record ChairAtMeeting
{
    /// <summary>The state or forum in the chair; absent when unknown.</summary>
    public MemberAtMeeting? Member { get; init; }

    /// <summary>The minister who chaired for it.</summary>
    public MinisterAtMeeting? Minister { get; init; }

    /// <summary>The name as recorded, otherwise that of the minister.</summary>
    public string? Name { get; init; }

    /// <summary>The title that was valid at the meeting.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// How the chair is known: recorded at the meeting, inferred from the chairmanship of the body or forum, or
    /// unknown.
    /// </summary>
    public required AnswerBasis Basis { get; init; }

    /// <summary>
    /// False when the dates of the meeting, the chairmanship or the office are too imprecise to be certain.
    /// </summary>
    public required bool Certain { get; init; }
}

/// <summary>Get the chair of a meeting.</summary>
/// <remarks>The chair is recorded, or inferred from the chairmanship at the time.</remarks>
public sealed record GetMeetingChair : Question, IRequest<ChairAtMeeting>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";
}

internal sealed class GetMeetingChairHandler(MeetingReads meetings) : IRequestHandler<GetMeetingChair, ChairAtMeeting>
{
    public async Task<ChairAtMeeting> Handle(GetMeetingChair request, CancellationToken cancellationToken)
    {
        var (member, person) = await meetings.ChairAsync(request.Id, request.KnownAt, cancellationToken);
        return new()
        {
            Member = member is null ? null : MemberAtMeeting.Of(member),
            Minister = MinisterAtMeeting.Of(person),
            Name = person.Name,
            Title = person.Title,
            Basis = person.Basis,
            Certain = person.Certain,
        };
    }
}
