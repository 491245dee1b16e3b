using System.Collections.Frozen;
using System.Text;

namespace Registry.Domain.Search;

/// <summary>The role of a word in a name.</summary>
public enum WordRole
{
    /// <summary>It distinguishes the thing from others.</summary>
    Distinctive,

    /// <summary>
    /// It names the kind of thing, as republic, islands or organization does, and distinguishes little.
    /// </summary>
    Generic,

    /// <summary>It joins other words, as articles and prepositions do, and distinguishes nothing.</summary>
    Joining,
}

/// <summary>A word of a name for comparison.</summary>
/// <param name="text">
/// The word; for <see cref="WordRole.Generic"/> ones, one word for all with the same meaning.
/// </param>
/// <param name="role">The role in the name.</param>
/// <param name="written">The word as written, folded.</param>
public sealed class NameWord(string text, WordRole role, string written)
{
    private readonly uint _letters = Spelling.LettersOf(text);
    private string? _sounds;

    /// <summary>The word; for <see cref="WordRole.Generic"/> ones, one word for all with the same meaning.</summary>
    public string Text => text;

    /// <summary>The role in the name.</summary>
    public WordRole Role => role;

    /// <summary>The word as written, folded.</summary>
    public string Written => written;

    /// <summary>True for a letter that may abbreviate a word.</summary>
    public bool IsInitial => text.Length == 1 && char.IsLetter(text[0]);

    /// <summary>The consonants by their sound; empty when there are too few.</summary>
    public string Sounds => _sounds ??= Consonants.Of(text);

    /// <summary>
    /// Counts the letters that differ; one more than <paramref name="most"/> when it is more than that.
    /// </summary>
    public int DistanceTo(NameWord other, int most) =>
        Spelling.MayBeWithin(_letters, other._letters, most) ? Spelling.Distance(text, other.Text, most) : most + 1;
}

/// <summary>
/// A name as words that can be compared with those of another name: abbreviations and initials are expanded, the words
/// for a kind of thing are the same in all languages, and articles are recognized.
/// </summary>
public sealed class NameWords
{
    private static readonly FrozenSet<string> Joining = SetOf(
        """
        the of and a an in on for to at with by from
        de du des la le les l d et en aux au pour
        del los las el lo y e para por
        da do dos das di dell della
        der die das den dem des und von fur
        van het og och av
        и в во на о об по для с со
        al ال و في من
        """
    );

    // In the names of people many of those are names themselves.
    private static readonly FrozenSet<string> JoiningOfPeople = SetOf(
        "al el de del der den von y bin ibn bint ال mr mrs ms dr prof sir hon excellency"
    );

    private static readonly FrozenDictionary<string, string> Sorts = Classes(
        """
        republic: republique republica repubblica republik respublika respublikasy республика республики республикасы республіка جمهوريه
        kingdom: royaume reino konigreich королевство مملكه
        state: states etat etats estado estados staat staaten государство государства штаты دوله دول ولايات
        federal: federation federated federative federale federacion федерация федеративная федеративные федеральная اتحاديه اتحادي
        union: unions союз اتحاد
        unity: unite unidad единства وحده
        united: unis unies unie unidos unidas соединенные соединенное объединенные объединенных объединенная متحده
        organization: organisation organisations organizations organizacion организация организации منظمه
        democratic: democratique democratica демократическая демократической ديمقراطيه ديموقراطيه
        people: peoples populaire popular народная народной شعبيه
        socialist: socialiste socialista социалистическая социалистических اشتراكيه
        islamic: islamique islamica исламская исламской اسلاميه
        arab: arabe arabes arabic арабская арабских арабские عربيه عربي
        island: islands isle isles ile iles isla islas ilhas остров острова ова جزر جزيره
        saint: sainte san santa santo sao sankt sankta sint сент санкт святой سانت
        commonwealth: содружество содружества رابطه
        confederation: confederacion конфедерация اتحاد
        principality: principaute principado княжество اماره
        sultanate: sultanat sultanato султанат سلطنه
        duchy: duche ducado герцогство دوقيه
        grand: великое великого كبرى
        plurinational: plurinationale plurinacional многонациональное
        bolivarian: bolivarienne bolivariana боливарианская بوليفاريه
        province: provincia провинция
        territory: territories territoire territoires territorio territorios территория территории
        government: gouvernement gobierno правительство حكومه
        council: conseil consejo совет совета مجلس
        conference: conferences conferencia совещание конференция مؤتمر
        community: communities communaute communautes comunidad comunidades сообщество сообщества جماعه
        association: associations asociacion ассоциация رابطه
        cooperation: cooperacion сотрудничество сотрудничества تعاون
        league: ligue liga лига جامعه
        group: groupe grupo группа مجموعه
        forum: foro форум منتدى
        treaty: traite tratado договор договора معاهده
        international: internationale internacional международная международный دولي
        ministry: ministere ministerio министерство وزاره
        minister: ministre ministro министр وزير
        """
    );

    private static readonly FrozenDictionary<string, string[]> Abbreviations = Expansions(
        """
        st=saint ste=saint sts=state rep=republic repub=republic resp=republic респ=republic dem=democratic isl=island isls=island
        intl=international org=organization assoc=association assn=association govt=government
        """
    );

    // Words or letters of their own, unless a full stop shows that they are abbreviated.
    private static readonly FrozenDictionary<string, string[]> AbbreviationsWithPoint = Expansions(
        "is=island fed=federal eq=equatorial pop=people conf=conference coop=cooperation n=north s=south e=east w=west i=island r=republic"
    );

    private static readonly FrozenDictionary<string, string[]> Initials = Expansions(
        """
        us=united,state usa=united,state,america uk=united,kingdom ur=united,republic dr=democratic,republic
        pr=people,republic dpr=democratic,people,republic pdr=people,democratic,republic fr=federal,republic
        ir=islamic,republic rb=bolivarian,republic fyr=former,yugoslav,republic sfr=socialist,federal,republic
        ssr=soviet,socialist,republic sar=special,administrative,region
        """
    );

    private NameWords(IReadOnlyList<NameWord> all)
    {
        All = all;
        var counted = all.Where(word => word.Role != WordRole.Joining).ToArray();
        Counted =
            counted.Length > 0
                ? counted
                : [.. all.Select(word => new NameWord(word.Text, WordRole.Distinctive, word.Written))];
    }

    /// <summary>The words, in order.</summary>
    public IReadOnlyList<NameWord> All { get; }

    /// <summary>The words without those that only join; all words when there are no others.</summary>
    public IReadOnlyList<NameWord> Counted { get; }

    /// <summary>True when a word distinguishes the thing from others.</summary>
    public bool IsDistinctive => Counted.Any(word => word.Role == WordRole.Distinctive);

    /// <summary>Splits a name into words.</summary>
    /// <param name="name">The name.</param>
    /// <param name="person">True for the name of a person, which has few abbreviations.</param>
    public static NameWords Of(string name, bool person)
    {
        var words = new List<NameWord>();
        var chunks = name.Replace("&", " & ", StringComparison.Ordinal)
            .Split(
                [
                    ' ',
                    '\u00A0',
                    '\t',
                    '\n',
                    '\r',
                    ',',
                    ';',
                    '(',
                    ')',
                    '[',
                    ']',
                    '/',
                    '（',
                    '）',
                    '，',
                    '、',
                    '،',
                    '"',
                    '«',
                    '»',
                    '“',
                    '”',
                ],
                StringSplitOptions.RemoveEmptyEntries
            );
        foreach (var chunk in chunks)
        {
            if (chunk == "&")
            {
                words.Add(new NameWord("and", WordRole.Joining, "and"));
            }
            else
            {
                Add(words, chunk, chunks.Length, person);
            }
        }

        return new NameWords(words);
    }

    /// <summary>
    /// True for a name of initials, such as <c>UN</c>, <c>U.S.A.</c> or <c>R.-U.</c>; never in a script without
    /// capitals.
    /// </summary>
    public static bool IsInitials(string name)
    {
        var letters = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                if (!Rune.IsUpper(rune))
                {
                    return false;
                }

                letters++;
            }
        }

        return letters is > 0 and <= MaxInitials;
    }

    private const int MaxInitials = 6;

    private static void Add(List<NameWord> words, string chunk, int chunks, bool person)
    {
        var folded = FoldedText.Of(chunk);
        if (folded.IsEmpty)
        {
            return;
        }

        if (!person && Sorts.ContainsKey(folded.Compact))
        {
            // Co-operation, о-ва.
            words.Add(Word(folded.Compact, folded.Compact));
            return;
        }

        var pieces = folded.Words;
        var initials = pieces.Count > 1 && pieces.All(piece => piece.Length == 1);
        if (initials)
        {
            pieces = [folded.Compact];
        }
        else if (pieces.Count > 1 && chunk.Any(FoldedText.IsApostrophe))
        {
            pieces = WithoutApostrophes(chunk, pieces);
        }

        if (!person && chunks > 1 && IsUpper(chunk) && Initials.TryGetValue(folded.Compact, out var full))
        {
            words.AddRange(full.Select(word => Word(word, folded.Compact)));
            return;
        }

        foreach (var piece in pieces)
        {
            var point = chunk.EndsWith('.') || (chunk.Contains('.', StringComparison.Ordinal) && !initials);
            if (
                !person
                && (
                    Abbreviations.TryGetValue(piece, out var expanded)
                    || (
                        (point || (piece.Length == 1 && words.Count == 0 && IsUpper(chunk)))
                        && chunks > 1
                        && AbbreviationsWithPoint.TryGetValue(piece, out expanded)
                    )
                )
            )
            {
                words.AddRange(expanded.Select(word => Word(word, piece)));
            }
            else
            {
                words.Add(Read(piece, person));
            }
        }
    }

    private static NameWord Read(string piece, bool person)
    {
        if ((person ? JoiningOfPeople : Joining).Contains(piece))
        {
            return new NameWord(piece, WordRole.Joining, piece);
        }

        var bare = FoldedText.WithoutArticle(piece);
        return person ? new NameWord(bare, WordRole.Distinctive, piece) : Word(bare, piece);
    }

    private static NameWord Word(string text, string written) =>
        Sorts.TryGetValue(text, out var sort)
            ? new NameWord(sort, WordRole.Generic, written)
            : new NameWord(text, WordRole.Distinctive, written);

    /// <summary>
    /// Splits at apostrophes: People's is people, d'Ivoire is an article and a word, Мар'яна is one word.
    /// </summary>
    private static IReadOnlyList<string> WithoutApostrophes(string chunk, IReadOnlyList<string> pieces)
    {
        if (pieces[^1] == "s")
        {
            return [.. pieces.Take(pieces.Count - 1)];
        }

        if (Joining.Contains(pieces[0]) || chunk.Any(sign => sign is '-' or '.'))
        {
            return pieces;
        }

        return [string.Concat(pieces)];
    }

    private static bool IsUpper(string chunk) => chunk.Any(char.IsLetter) && !chunk.Any(char.IsLower);

    private static FrozenSet<string> SetOf(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> Classes(string table)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split([':', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in parts)
            {
                words.TryAdd(word, parts[0]);
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string[]> Expansions(string table) =>
        table
            .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1].Split(','), StringComparer.Ordinal);
}
