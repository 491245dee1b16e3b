using Registry.Domain;

namespace Registry.Infrastructure.Meetings;

/// <summary>
/// The days of a meeting, against which periods are read. Something held at the meeting if it may have held on one of
/// the days from <see cref="FirstDay"/> to <see cref="LastDay"/>. It certainly did if it had begun by
/// <see cref="CertainLast"/> and not ended before <see cref="CertainFirst"/>.
/// </summary>
/// <remarks>
/// One formula serves meetings of several exact days and those of which only the month is known. A meeting from the
/// 11th to the 13th certainly had each of those days: who came into office on the 13th was in office at it. One in
/// September 2022 had some day of that month: who was in office all the month was in office at it.
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
