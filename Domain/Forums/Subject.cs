using Registry.Domain.States;

namespace Registry.Domain.Forums;

/// <summary>The kind of a subject: a state, a forum, a body or a minister.</summary>
public enum SubjectKind
{
    State,
    Forum,
    Body,
    Minister,
}

/// <summary>A state, a forum, a body or a minister, by its id.</summary>
public sealed record Subject
{
    /// <exception cref="IllegalValueException">The id does not match the pattern of its kind.</exception>
    public Subject(SubjectKind kind, string id)
    {
        Kind = kind;
        Id = kind switch
        {
            SubjectKind.State => new StateCode(id).Value,
            SubjectKind.Forum => new ForumCode(id).Value,
            SubjectKind.Body => BodyId.Parse(id).ToString(),
            _ => new Slug(id).Value,
        };
    }

    /// <summary>The kind: a state, a forum, a body or a minister.</summary>
    public SubjectKind Kind { get; }

    /// <summary>The code of a state or forum, <c>CICA/secretariat</c> for a body, the slug of a minister.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
