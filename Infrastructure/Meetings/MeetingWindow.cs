using Registry.Domain;

namespace Registry.Infrastructure.Meetings;

/// <summary>The days of a meeting, with which periods are compared.</summary>
/// <remarks>
/// A period may include the meeting when it may include one of the days from <see cref="FirstDay"/> to
/// <see cref="LastDay"/>. It certainly does when it began by <see cref="CertainLast"/> and did not end before
/// <see cref="CertainFirst"/>. One formula covers meetings of several exact days and meetings of which only the month is
/// known. A meeting from the 11th to the 13th certainly included each of those days: a minister appointed on the 13th
/// was in office at it. A meeting in September 2022 was on some day of that month: a minister in office throughout the
/// month was in office at it.
/// </remarks>
internal sealed record MeetingWindow
{
    public MeetingWindow(PartialDate starts, PartialDate? ends)
    {
        var last = ends ?? starts;
        FirstDay = starts.FirstDay;
        LastDay = last.LastDay;
        CertainFirst = starts.LastDay;
        CertainLast = last.FirstDay;
    }

    public DateOnly FirstDay { get; }

    public DateOnly LastDay { get; }

    public DateOnly CertainFirst { get; }

    public DateOnly CertainLast { get; }
}
