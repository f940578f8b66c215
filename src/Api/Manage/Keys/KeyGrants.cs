using Galley.Content;
using Galley.Http;
using Galley.Manage.Articles;
using Galley.Publishing.Taxonomy;
using Galley.Storage;

namespace Galley.Manage.Keys;

/// <summary>What one key may do to others: nobody makes, renews or revokes a key that may do more than their own.</summary>
internal static class KeyGrants
{
    /// <summary>The limits as they are kept, by section id; and what is wrong with them.</summary>
    public static async ValueTask<(ContentLimits Limits, IReadOnlyList<InputError> Errors)> ResolveAsync(Session session, KeyLimits? asked)
    {
        if (asked is null)
            return (ContentLimits.None, []);

        var errors = new List<InputError>();
        var sectionIds = new List<long>();
        foreach (var (index, path) in (asked.Sections ?? []).Index())
        {
            if (await session.FindSectionAsync(path) is { } section)
                sectionIds.Add(section.Id);
            else
                errors.Add(InputError.At($"/limits/sections/{index}", "unknown-section", $"There is no section {path}. Make it first."));
        }

        var languages = asked.Languages?.Select(tag => Language.Parse(tag).Tag).Distinct().ToList();
        return (new ContentLimits(asked.Sources?.Distinct().ToList(), asked.Sections is null ? null : [.. sectionIds.Distinct()], languages), errors);
    }

    /// <summary>Why <paramref name="caller"/> may have nothing to do with a key of these scopes and limits, or null where it may.</summary>
    public static async ValueTask<Problem?> RefuseAsync(Session session, Caller caller, IEnumerable<string> scopes, ContentLimits limits)
    {
        if (scopes.FirstOrDefault(scope => !caller.May(scope)) is { } missing)
            return Problems.Of("insufficient-scope", $"Your own key lacks the scope {missing}.");

        var wider = new List<InputError>();
        if (!Covers(caller.Limits.Sources, limits.Sources, caller.Limits.HoldSource))
            wider.Add(Wider("sources"));
        if (!await CoverSectionsAsync(session, caller.Limits, limits))
            wider.Add(Wider("sections"));
        if (!Covers(caller.Limits.Languages, limits.Languages, caller.Limits.HoldLanguage))
            wider.Add(Wider("languages"));

        return wider.Count > 0 ? Problems.Outside(wider) : null;
    }

    private static bool Covers(IReadOnlyList<string>? own, IReadOnlyList<string>? others, Func<string, bool> hold) => own is null || others?.All(hold) == true;

    private static async ValueTask<bool> CoverSectionsAsync(Session session, ContentLimits own, ContentLimits others)
    {
        if (own.SectionIds is null)
            return true;

        foreach (var id in others.SectionIds ?? [0])
        {
            if (!await own.HoldSectionAsync(session, id))
                return false;
        }

        return true;
    }

    private static InputError Wider(string member) => InputError.At($"/limits/{member}", "outside-constraint", $"Your own key is limited to other {member}, and no key gives more than it has.");
}
